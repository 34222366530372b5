package fr.tambour.storage.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Whatever stands before PostgreSQL and lends its connections for a transaction each, as pgbouncer does with {@code pool_mode =
 * transaction}.
 */
final class Pooler {

    private Pooler() {}

    /** Whether two connections that stand at the same time are one and the same to PostgreSQL. */
    static boolean lends(DataSource source) {
        try (Connection one = source.getConnection();
                Connection other = source.getConnection()) {
            return process(one) == process(other);
        } catch (SQLException e) {
            // Whoever needs the database says so, and better.
            return false;
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
