package fr.tambour.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Tambour keeps things.
 *
 * @param data folder of the SQLite file, pictures, master key and audit head; created if missing, and readable by
 *     Tambour's user alone
 * @param database the database to use
 */
@ConfigurationProperties("tambour")
public record StorageSettings(
        @DefaultValue("data") Path data, @DefaultValue DatabaseSettings database) {

    /**
     * @param url `postgresql://USER:PASSWORD@HOST:PORT/DATABASE` or a JDBC URL, special characters in user and password
     *     percent-encoded; empty means the embedded SQLite in the data folder
     * @param connections number of database connections of this node at most (PostgreSQL), or of readers beside the one
     *     writer (SQLite); more than twice the cores gains nothing
     * @param notifications PostgreSQL: true has the nodes hear of each other at once, on one more connection each, where its
     *     notifications come through; they do not behind a pooler that lends connections for one transaction
     * @param look PostgreSQL: how often a node looks for what others did, a duration like `500ms`
     */
    public record DatabaseSettings(
            @Nullable String url,
            @DefaultValue("8") int connections,
            @DefaultValue("true") boolean notifications,
            @DefaultValue("500ms") Duration look) {

        public boolean postgres() {
            return url != null && !url.isBlank();
        }

        /** Without the URL, which may hold a password. */
        @Override
        public String toString() {
            return "DatabaseSettings[" + (postgres() ? "PostgreSQL" : "SQLite") + ", connections=" + connections + "]";
        }
    }
}
