package fr.tambour.storage.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool's connections, each made ready before it is lent; the pool undoes that when it is given back. */
final class Lent extends DelegatingDataSource {

    private final Preparation preparation;

    Lent(DataSource pool, Preparation preparation) {
        super(pool);
        this.preparation = preparation;
    }

    interface Preparation {
        void prepare(Connection connection) throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            preparation.prepare(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
