package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Towns;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.TransactionTemplate;

/** What is made for many is made for them, whoever else reads nothing of it or invents addresses. */
@Timeout(300)
class FloodTest {

    private static final String HOST = "localhost";
    private static final String THEIRS = "127.0.0.2";
    private static final int READS_NOTHING = 0;

    private TambourServer server;
    private Slowly slowly;

    @BeforeEach
    void fewAreMadeAtOnce() {
        start(8);
    }

    private void start(int rendering) {
        server = TambourServer.with(
                Slowly.class,
                Dialect.SQLITE,
                "--tambour.timer.enabled=false",
                "--tambour.live.rendering=" + rendering,
                "--server.jetty.threads.max=64");
        slowly = server.bean(Slowly.class);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> server.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
    }

    /** Addresses for many whose pages take as long as the test wants. */
    static final class Slowly implements HotResource, Filter {

        private final CountDownLatch enough = new CountDownLatch(1);
        private final AtomicInteger begun = new AtomicInteger();

        @Override
        public boolean at(String path) {
            return path.startsWith("/lentement/") || path.startsWith("/grand/");
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = ((HttpServletRequest) request).getRequestURI();
            if (!at(path)) {
                chain.doFilter(request, response);
                return;
            }
            if (path.startsWith("/grand/")) {
                response.getOutputStream().write(new byte[2 << 20]);
                return;
            }
            begun.incrementAndGet();
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            response.setContentType("text/plain");
            response.getWriter().write("Enfin");
        }
    }

    @AfterEach
    void stop() {
        slowly.enough.countDown();
        server.close();
    }

    private Http2Line line() {
        return Http2Line.to(server.port());
    }

    private void othersAreServed(String... paths) throws IOException {
        try (Http2Line other = line()) {
            for (String path : paths) {
                assertThat(other.answer(other.get(HOST, path)).status())
                        .as(path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whoReadsNothingOfPagesForManyKeepsNoOtherFromBeingMade() throws IOException {
        try (Http2Line theirs = Http2Line.from(THEIRS, server.port(), READS_NOTHING)) {
            for (String path : List.of(
                    "/",
                    "/actualites",
                    "/agenda",
                    "/pratique",
                    "/a-propos",
                    "/accessibilite",
                    "/mentions-legales",
                    "/donnees-personnelles",
                    "/flux",
                    "/flux/avis.rss",
                    "/flux/avis.atom",
                    "/flux/avis.json")) {
                assertThat(theirs.begun(theirs.get(HOST, path)).status())
                        .as(path)
                        .isEqualTo(200);
            }
            othersAreServed("/archives", "/agenda.ics");
        }
    }

    @Test
    void ofWhatSomebodyDoesNotReadTheSystemHoldsOnlySoMuch() throws IOException {
        try (Socket theirs = new Socket()) {
            theirs.setReceiveBufferSize(4_096);
            theirs.connect(new InetSocketAddress(HOST, server.port()));
            theirs.getOutputStream()
                    .write("GET /grand/livre HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            AtomicLong held = new AtomicLong(-1);
            // Until it grows no more.
            Await.until(() -> {
                long now = unsent(server.port(), theirs.getLocalPort());
                return now > 0 && held.getAndSet(now) == now;
            });

            assertThat(held.get()).isBetween(1L, 768L << 10);
        }
    }

    /** What the system holds for a client, bytes (proc_net_tcp). */
    private static long unsent(int port, int client) {
        try (Stream<String> lines = Stream.concat(
                Files.readAllLines(Path.of("/proc/net/tcp6")).stream(),
                Files.readAllLines(Path.of("/proc/net/tcp")).stream())) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[1].endsWith(":%04X".formatted(port))
                            && fields[2].endsWith(":%04X".formatted(client)))
                    .map(fields -> fields[4].substring(0, fields[4].indexOf(':')))
                    .mapToLong(queue -> Long.parseLong(queue, 16))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoReadsNothingOfWhatIsNowhereKeepsNoOtherFromBeingMade() throws IOException {
        try (Http2Line theirs = Http2Line.from(THEIRS, server.port(), READS_NOTHING)) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 10; i < 30; i++) {
                statuses.add(
                        theirs.begun(theirs.get(HOST, "/avis/0000000000z" + i)).status());
            }
            // What was made for nobody else takes up memory until it is read: of that there is a share as well.
            assertThat(statuses).startsWith(404, 404, 404, 404, 503).doesNotContain(0, 200);
            othersAreServed("/", "/archives");
            try (Http2Line other = line()) {
                assertThat(other.answer(other.get(HOST, "/avis/0000000000z99")).status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whoReadsNothingOfWhatIsTooLargeToBeKeptKeepsNoOtherFromBeingMade() throws IOException {
        try (Http2Line theirs = Http2Line.from(THEIRS, server.port(), READS_NOTHING)) {
            assertThat(theirs.begun(theirs.get(HOST, "/grand/1")).status()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                theirs.get(HOST, "/grand/1");
            }
            othersAreServed("/", "/archives");
        }
    }

    @Test
    void oneAddressHasOnlyAShareMadeAtOnceAndWhoWaitsForItIsNotCounted() throws IOException {
        try (Http2Line theirs = Http2Line.from(THEIRS, server.port(), 65_535)) {
            List<Integer> made = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                made.add(theirs.get(HOST, "/lentement/" + i));
            }
            Await.until(() -> slowly.begun.get() == 4);
            made.add(theirs.get(HOST, "/lentement/0"));
            assertThat(theirs.answer(theirs.get(HOST, "/lentement/5")).status()).isEqualTo(503);
            othersAreServed("/archives");
            slowly.enough.countDown();
            for (int stream : made) {
                assertThat(theirs.answer(stream).text()).isEqualTo("Enfin");
            }
        }
    }

    @Test
    void whoeverInventsAddressesTheStudioFindsAThread() throws IOException {
        server.close();
        start(200);
        try (Http2Line theirs = line()) {
            for (int i = 0; i < 90; i++) {
                theirs.get(HOST, "/lentement/" + i);
            }
            Await.until(() -> slowly.begun.get() >= 8);
            othersAreServed("/studio/connexion", "/?frais");
        }
    }
}
