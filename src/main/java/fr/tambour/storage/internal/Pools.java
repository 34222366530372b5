package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import javax.sql.DataSource;

/**
 * @param writer the pool that may write
 * @param own all pools, in the order in which they are closed
 * @param writing whose connections are for transactions that write
 * @param reading whose connections are for those that only read
 * @param migrations where Flyway runs
 */
record Pools(
        HikariDataSource writer,
        List<HikariDataSource> own,
        DataSource writing,
        DataSource reading,
        DataSource migrations)
        implements AutoCloseable {

    @Override
    public void close() {
        own.forEach(HikariDataSource::close);
    }
}
