package fr.tambour.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Tambour keeps things.
 *
 * @param data the data folder: SQLite file, pictures, master key, audit head; created if missing
 * @param database the database to use
 */
@ConfigurationProperties("tambour")
public record StorageSettings(
        @DefaultValue("data") Path data, @DefaultValue DatabaseSettings database) {

    /**
     * @param url `postgresql://USER:PASSWORD@HOST:PORT/DATABASE` or a JDBC URL; empty means the embedded SQLite in the
     *     data folder
     * @param connections how many connections at most, per node (PostgreSQL), or readers (SQLite)
     */
    public record DatabaseSettings(
            @Nullable String url, @DefaultValue("8") int connections) {

        public boolean postgres() {
            return url != null && !url.isBlank();
        }
    }
}
