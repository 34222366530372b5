package fr.tambour.storage;

import java.nio.file.Path;

/**
 * The database in use.
 *
 * @param dialect which engine
 * @param file the SQLite file; for PostgreSQL the path of nothing, empty
 */
public record Database(Dialect dialect, Path file) {

    /** Name of the SQLite file in the data folder. */
    public static final String FILE = "tambour.db";

    public boolean isPostgres() {
        return dialect == Dialect.POSTGRESQL;
    }

    /** Picks between the two engines' wording of the same thing. */
    public String pick(String sqlite, String postgresql) {
        return switch (dialect) {
            case SQLITE -> sqlite;
            case POSTGRESQL -> postgresql;
        };
    }
}
