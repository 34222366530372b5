package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * @param writer the pool that may write
 * @param readers SQLite's read-only pool; none for PostgreSQL
 * @param migrations where Flyway runs
 */
record Pools(HikariDataSource writer, @Nullable HikariDataSource readers, DataSource migrations)
        implements AutoCloseable {

    @Override
    public void close() {
        if (readers != null) {
            readers.close();
        }
        writer.close();
    }
}
