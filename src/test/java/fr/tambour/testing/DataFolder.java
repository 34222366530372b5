package fr.tambour.testing;

import fr.tambour.storage.Dialect;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

    /** A connection of its own to the database, past the application. */
    public Connection connect() throws SQLException {
        if (databaseUrl == null) {
            return DriverManager.getConnection("jdbc:sqlite:" + path.resolve("tambour.db"));
        }
        URI url = URI.create(databaseUrl);
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
