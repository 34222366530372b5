package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.storage.StorageSettings.DatabaseSettings;
import fr.tambour.testing.Await;
import fr.tambour.testing.Engines;
import fr.tambour.testing.Ports;
import fr.tambour.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Behind a real pgbouncer. */
@Timeout(120)
@EnabledIf("pgbouncerIsThere")
class PoolerTest {

    @TempDir
    private Path folder;

    static boolean pgbouncerIsThere() {
        return Programs.find("pgbouncer").isPresent();
    }

    private interface Work {
        void with(String url) throws Exception;
    }

    /** @param mode {@code transaction} or {@code session} */
    private void behind(String mode, Work work) throws Exception {
        URI database = URI.create(
                Objects.requireNonNull(Engines.empty(Dialect.POSTGRESQL).databaseUrl()));
        int port = Ports.free();
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(configuration, """
                [databases]
                town = host=127.0.0.1 port=%d dbname=%s user=postgres password=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                logfile = /dev/null
                """.formatted(
                        database.getPort(), database.getPath().substring(1), port, mode));
        List<String> command = new ArrayList<>();
        command.add(Programs.find("pgbouncer").orElseThrow().toString());
        if (System.getProperty("user.name").equals("root")) {
            // It does not serve as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        Process pgbouncer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Await.until(() -> answers(port));
            work.with("postgresql://town:any@127.0.0.1:" + port + "/town");
        } finally {
            pgbouncer.destroy();
            pgbouncer.waitFor();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Each statement often enough that the driver has it prepared, over all connections of the pool at once. */
    private static long asked(String url) throws Exception {
        try (Pools pools = DataSources.postgres(new DatabaseSettings(url, 4, true, Duration.ofMillis(500)))) {
            JdbcClient jdbc = JdbcClient.create(pools.writer());
            TransactionTemplate writing = new TransactionTemplate(new JdbcTransactionManager(pools.writer()));
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                work.add(() -> {
                    int sum = 0;
                    for (int time = 0; time < 20; time++) {
                        int number = time;
                        for (String sql : List.of("SELECT CAST(:n AS INT)", "SELECT 1 + CAST(:n AS INT)")) {
                            sum += Objects.requireNonNull(writing.execute(status -> jdbc.sql(sql)
                                    .param("n", number)
                                    .query(Integer.class)
                                    .single()));
                        }
                    }
                    return sum;
                });
            }
            long sum = 0;
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (Future<Integer> done : threads.invokeAll(work)) {
                    sum += done.get();
                }
            }
            return sum;
        }
    }

    @Test
    void allIsAnsweredWhereAPoolerLendsConnectionsForOneTransaction() throws Exception {
        behind("transaction", url -> {
            assertThat(Pooler.lends(source(url))).isTrue();
            assertThat(asked(url)).isEqualTo(4 * (2 * 190 + 20));
        });
    }

    @Test
    void onePoolerThatLendsThemForASessionIsAsNone() throws Exception {
        behind("session", url -> {
            assertThat(Pooler.lends(source(url))).isFalse();
            assertThat(asked(url)).isEqualTo(4 * (2 * 190 + 20));
        });
    }

    @Test
    void withoutAPoolerNothingIsLentAndWhereNobodyAnswersNothingIsSaid() {
        assertThat(Pooler.lends(source(
                        Objects.requireNonNull(Engines.empty(Dialect.POSTGRESQL).databaseUrl()))))
                .isFalse();
        assertThat(Pooler.lends(source("postgresql://town:any@127.0.0.1:1/town")))
                .isFalse();
    }

    private static DriverManagerDataSource source(String url) {
        PostgresUrl postgres = PostgresUrl.of(url);
        return new DriverManagerDataSource(
                postgres.jdbc(), Objects.requireNonNull(postgres.user()), Objects.requireNonNull(postgres.password()));
    }
}
