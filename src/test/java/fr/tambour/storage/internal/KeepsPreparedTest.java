package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.sqlite.SQLiteDataSource;

/** SQLite reads the text of a statement once for each connection, and what one use left is not there at the next. */
class KeepsPreparedTest {

    private static final String BY_NAME = "SELECT id FROM thing WHERE name = ?";

    @TempDir
    private Path folder;

    private final List<String> prepared = new ArrayList<>();
    private KeepsPrepared source;

    @BeforeEach
    void open() throws SQLException {
        SQLiteDataSource sqlite = new SQLiteDataSource();
        sqlite.setUrl("jdbc:sqlite:" + folder.resolve("t.db"));
        source = new KeepsPrepared(new DelegatingDataSource(sqlite) {
            @Override
            public Connection getConnection() throws SQLException {
                return noting(super.getConnection());
            }
        });
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)");
            connection.createStatement().execute("INSERT INTO thing VALUES (1, 'a'), (2, 'b'), (3, 'b')");
        }
    }

    private Connection noting(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        prepared.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    @Test
    void aTextIsReadOnceForEachConnection() throws SQLException {
        try (Connection one = source.getConnection();
                Connection other = source.getConnection()) {
            for (int i = 0; i < 10; i++) {
                assertThat(ids(one, "a")).containsExactly(1L);
                assertThat(ids(other, "b")).containsExactly(2L, 3L);
            }
        }
        assertThat(prepared).containsExactly(BY_NAME, BY_NAME);
    }

    @Test
    void whatIsPreparedTwiceAtOnceIsTwo() throws SQLException {
        try (Connection one = source.getConnection();
                PreparedStatement outer = one.prepareStatement(BY_NAME)) {
            outer.setString(1, "b");
            try (ResultSet rows = outer.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(ids(one, "a")).containsExactly(1L);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(3);
            }
        }
    }

    @Test
    void whatWasNotReadToItsEndOrBoundIsForgottenAtTheNextUse() throws SQLException {
        try (Connection one = source.getConnection()) {
            PreparedStatement first = one.prepareStatement(BY_NAME);
            first.setString(1, "b");
            assertThat(first.executeQuery().next()).isTrue();
            first.close();

            try (PreparedStatement again = one.prepareStatement(BY_NAME);
                    ResultSet rows = again.executeQuery()) {
                assertThat(rows.next()).as("nothing is bound").isFalse();
            }
            // Nothing of it still reads: a table that is read cannot be dropped.
            one.createStatement().execute("DROP TABLE thing");
            one.createStatement().execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, more TEXT, name TEXT)");
            one.createStatement().execute("INSERT INTO thing VALUES (7, '', 'a')");
            assertThat(ids(one, "a")).as("of the new table").containsExactly(7L);
        }
    }

    @Test
    void ofManyTextsThoseThatWereNotUsedForLongestAreGivenUp() throws SQLException {
        try (Connection one = source.getConnection()) {
            for (int i = 0; i < 500; i++) {
                try (PreparedStatement statement = one.prepareStatement("SELECT " + i);
                        ResultSet row = statement.executeQuery()) {
                    assertThat(row.getInt(1)).isEqualTo(i);
                }
            }
            assertThat(ids(one, "a")).containsExactly(1L);
        }
    }

    private static List<Long> ids(Connection connection, String name) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }
}
