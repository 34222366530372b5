package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.storage.Dialect;
import fr.tambour.storage.StorageSettings.DatabaseSettings;
import fr.tambour.storage.internal.Patience.WithClients;
import fr.tambour.testing.Engines;
import fr.tambour.testing.Relay;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database's machine that vanishes says nothing, not even that it is gone: nobody waits for it for ever. */
@Timeout(300)
class SilentServerTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final WithClients CLIENTS = Patience.USUAL.withClients();

    private final URI database =
            URI.create(Objects.requireNonNull(Engines.empty(Dialect.POSTGRESQL).databaseUrl()));

    private Pools pools(int port, String query, Patience patience) {
        String url = "postgresql://" + database.getUserInfo() + "@127.0.0.1:" + port + database.getPath() + query;
        return DataSources.postgres(new DatabaseSettings(url, 2, true, Duration.ofMillis(500)), patience);
    }

    private static int one(JdbcClient jdbc) {
        return jdbc.sql("SELECT 1").query(Integer.class).single();
    }

    /** Once it has failed, that is: what is asked next is asked on a line of its own. */
    private void aStatementFails(Patience patience, boolean reading) throws IOException {
        try (Relay relay = new Relay(database.getPort());
                Pools pools = pools(relay.port(), "", patience)) {
            DataSource source = new DataSources().dataSource(pools);
            JdbcClient jdbc = JdbcClient.create(source);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
            transaction.setReadOnly(reading);

            assertThatThrownBy(() -> transaction.execute(status -> {
                        assertThat(one(jdbc)).isEqualTo(1);
                        relay.fallSilent();
                        return one(jdbc);
                    }))
                    .isInstanceOf(DataAccessException.class);

            assertThat(transaction.<Integer>execute(status -> one(jdbc))).isEqualTo(1);
        }
    }

    @Test
    void whoReadsWaitsForASilentServerAShortWhile() throws IOException {
        aStatementFails(new Patience(SHORT, LONG, CLIENTS), true);
    }

    @Test
    void whoWritesWaitsForASilentServerForALongWhileAndNotForEver() throws IOException {
        aStatementFails(new Patience(LONG, SHORT, CLIENTS), false);
    }

    private <T> T of(Pools pools, Function<Pools, DataSource> which, Asked<T> asked) throws SQLException {
        try (Connection connection = which.apply(pools).getConnection()) {
            return asked.of(connection);
        }
    }

    private interface Asked<T> {
        T of(Connection connection) throws SQLException;
    }

    @Test
    void whoReadsGivesUpFirstWhoWritesLaterAndWhoMigratesNever() throws SQLException {
        try (Pools pools = pools(database.getPort(), "", Patience.USUAL)) {
            for (int again = 0; again < 2; again++) {
                assertThat(of(pools, Pools::reading, Connection::getNetworkTimeout))
                        .isEqualTo(30_000);
                assertThat(of(pools, Pools::writing, Connection::getNetworkTimeout))
                        .isEqualTo(300_000);
                assertThat(of(pools, Pools::migrations, Connection::getNetworkTimeout))
                        .isZero();
            }
            assertThat(of(pools, Pools::reading, Connection::isReadOnly)).isTrue();
            assertThat(of(pools, Pools::writing, Connection::isReadOnly)).isFalse();
        }
    }

    @Test
    void whatTheUrlNamesHoldsForWhoReadsAndForWhoWrites() throws SQLException {
        try (Pools pools = pools(database.getPort(), "?socketTimeout=7", Patience.USUAL)) {
            assertThat(of(pools, Pools::reading, Connection::getNetworkTimeout)).isEqualTo(7_000);
            assertThat(of(pools, Pools::writing, Connection::getNetworkTimeout)).isEqualTo(7_000);
        }
    }

    @Test
    void aMachineThatIsGoneIsFoundOutWithinAMinuteHoweverLongAStatementMayTake() throws IOException {
        try (Socket socket = new KeptAlive().createSocket()) {
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)
                                + socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)
                                        * socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                        .isLessThanOrEqualTo(60);
            }
        }
        try (Pools pools = pools(database.getPort(), "", Patience.USUAL)) {
            assertThat(pools.writer().getDataSourceProperties())
                    .containsEntry("tcpKeepAlive", "true")
                    .containsEntry("socketFactory", KeptAlive.class.getName());
        }
    }

    private static String shown(DataSource source, String setting) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void theServerGivesUpANodeThatVanishedAmidATransactionSaveOneThatMigrates() throws SQLException {
        String amid = "idle_in_transaction_session_timeout";
        try (Pools pools = pools(database.getPort(), "", Patience.USUAL)) {
            for (DataSource source : List.of(pools.reading(), pools.writing())) {
                assertThat(shown(source, amid)).isEqualTo("10s");
                assertThat(shown(source, "tcp_keepalives_idle")).isEqualTo("10");
                assertThat(shown(source, "tcp_user_timeout")).isEqualTo("19000");
            }
            assertThat(shown(pools.migrations(), amid)).isEqualTo("0");
        }
    }

    @Test
    void whoHasAPoolerReadsInTheManualWhatToSayToTheServer() throws IOException {
        String manual = Files.readString(Path.of("docs/operate/proxy.md"));
        // The rest is about the line, which behind a pooler is the pooler's.
        String amid = Patience.USUAL.withClients().statements("").split("; ")[0];
        assertThat(amid).contains("idle_in_transaction_session_timeout");
        assertThat(manual).contains("ALTER ROLE tambour " + amid + ";");
    }

    @Test
    void forHowLongTheServerPutsUpWithThatTheUrlMaySay() throws SQLException {
        String own = "?options=-c%20idle_in_transaction_session_timeout=77s";
        try (Pools pools = pools(database.getPort(), own, Patience.USUAL)) {
            assertThat(shown(pools.writing(), "idle_in_transaction_session_timeout"))
                    .isEqualTo("77s");
            assertThat(shown(pools.writing(), "tcp_keepalives_count")).isEqualTo("3");
        }
    }

    @Test
    void whatANodeHoldsThatVanishedAmidATransactionIsFreeSoon() throws Exception {
        Patience patience =
                new Patience(LONG, LONG, new WithClients(SHORT, CLIENTS.idle(), CLIENTS.between(), CLIENTS.probes()));
        try (Relay relay = new Relay(database.getPort());
                Pools vanishing = pools(relay.port(), "", patience);
                Pools pools = pools(database.getPort(), "", patience);
                Connection other = pools.writing().getConnection()) {
            try (Statement statement = other.createStatement()) {
                statement.execute("CREATE TABLE held (id BIGINT PRIMARY KEY)");
                statement.execute("INSERT INTO held VALUES (1)");
            }
            // Given back, its transaction would be ended in order.
            Connection lost = vanishing.writing().getConnection();
            lost.setAutoCommit(false);
            try (Statement statement = lost.createStatement()) {
                statement.execute("SELECT id FROM held FOR UPDATE");
            }
            relay.fallSilent();
            try (Statement statement = other.createStatement()) {
                statement.execute("SET lock_timeout = '20s'");
                statement.execute("SELECT id FROM held FOR UPDATE");
            }
        }
    }
}
