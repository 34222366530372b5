package fr.tambour.testing;

import fr.tambour.storage.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application starts on.
 *
 * @param path its data folder, removed when the JVM ends
 * @param databaseUrl for PostgreSQL
 */
public record DataFolder(
        Dialect dialect, Path path, @Nullable String databaseUrl) {

    /** Spring properties as command-line arguments. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--tambour.data=" + path);
        if (databaseUrl != null) {
            arguments.add("--tambour.database.url=" + databaseUrl);
        }
        return arguments;
    }
}
