package fr.tambour.storage.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that keep what they have prepared: to read a statement's text takes SQLite longer than most of ours take to run, and
 * its driver does it each time anew.
 */
final class KeepsPrepared extends DelegatingDataSource {

    /** Of each connection; beyond that the one that was not used for longest is given up. */
    private static final int MOST = 200;

    KeepsPrepared(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        PoolingConnection connection = new PoolingConnection(super.getConnection());
        GenericKeyedObjectPoolConfig<DelegatingPreparedStatement> kept = new GenericKeyedObjectPoolConfig<>();
        kept.setMaxTotal(MOST);
        kept.setMaxTotalPerKey(-1);
        kept.setMaxIdlePerKey(1);
        kept.setBlockWhenExhausted(false);
        kept.setMaxWait(Duration.ZERO);
        kept.setJmxEnabled(false);
        connection.setStatementPool(new GenericKeyedObjectPool<>(connection, kept));
        return connection;
    }
}
