package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.live.OpenPage;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Open pages are bounded, kept awake, and left when they do not read. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamLimitsTest {

    private TambourServer shared;
    private int towns;

    /** The shared one, or one that stands for a test alone. */
    private TambourServer server;

    private Town town;

    @BeforeAll
    void start() {
        shared = narrow();
    }

    @AfterAll
    void stop() {
        shared.close();
    }

    private static TambourServer narrow(String... more) {
        return started(Stream.concat(
                        Stream.of(
                                "--tambour.live.heartbeat=100ms",
                                "--tambour.live.streams=3",
                                "--tambour.live.share=2",
                                "--tambour.live.patience=1s"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static TambourServer started(String... properties) {
        return TambourServer.start(
                Dialect.SQLITE,
                Stream.concat(
                                Stream.of("--tambour.timer.enabled=false", "--tambour.database.look=1h"),
                                Stream.of(properties))
                        .toArray(String[]::new));
    }

    @BeforeEach
    void inATownOfItsOwn() {
        on(shared);
    }

    private void on(TambourServer which) {
        server = which;
        towns++;
        town = Objects.requireNonNull(server.bean(TransactionTemplate.class)
                .execute(status -> server.bean(Towns.class)
                        .add(
                                TestTowns.CLAIRVAL,
                                TestTowns.profile("Clairval " + towns, "clairval" + towns + ".example"),
                                false)));
    }

    /** That they are gone is noticed with a heartbeat. */
    @AfterEach
    void leave() {
        if (server != shared) {
            server.close();
        }
        Streams streams = shared.bean(Streams.class);
        Await.until(() -> streams.count() <= 0);
    }

    private OpenPage open() {
        return since(null);
    }

    private OpenPage since(@Nullable String lastEventId) {
        return OpenPage.at(server.url(town.slug(), "/direct"), lastEventId);
    }

    private String host() {
        return town.slug() + ".localhost:" + server.port();
    }

    @Test
    void aPageThatHearsNothingIsToldThatTheLineStands() {
        try (OpenPage page = open()) {
            assertThat(page.next().name()).isEqualTo("beat");
            assertThat(page.next().name()).isEqualTo("beat");
            assertThat(page.lastId()).isEqualTo("0");
        }
    }

    @Test
    void whoComesOnTopOfTheLimitIsToldToComeAgainAndWhoLeavesMakesRoom() throws IOException {
        OpenPage first = open();
        try (OpenPage second = open();
                OpenPage third = open()) {
            assertThat(second.answer().statusCode()).isEqualTo(200);
            assertThat(third.answer().statusCode()).isEqualTo(503);
            assertThat(third.answer().headers().firstValue("Retry-After")).hasValue("60");
            assertThat(third.answer().headers().firstValue("Content-Security-Policy"))
                    .isPresent();
            // Another address has its own share, of what there is.
            try (Socket elsewhere = connected("127.0.0.2")) {
                assertThat(firstLine(elsewhere)).contains("200");
            }
        }
        first.close();
        // That they are gone is noticed with a heartbeat.
        Streams streams = server.bean(Streams.class);
        Await.until(() -> streams.count() <= 0);
        try (OpenPage again = open()) {
            assertThat(again.answer().statusCode()).isEqualTo(200);
        }
    }

    /** Each with half of what there is, by its share. */
    @Test
    void howeverManyStreamsTwoNetworksHoldAndDoNotReadTheOthersGetSome() throws IOException {
        on(started("--tambour.live.streams=48", "--tambour.live.share=24"));
        try (Http2Line first = Http2Line.from("127.0.0.2", server.port(), 0);
                Http2Line second = Http2Line.from("127.0.0.3", server.port(), 0)) {
            for (int i = 0; i < 48; i++) {
                first.begun(first.get(host(), "/direct"));
                second.begun(second.get(host(), "/direct"));
            }
            for (int address = 4; address <= 6; address++) {
                try (Socket resident = connected("127.0.0." + address)) {
                    assertThat(firstLine(resident)).contains("200");
                }
            }
        }
    }

    @Test
    void whatHappensWhileTheDatabaseFailsIsToldOnceItAnswersAgain() {
        Logger logger = (Logger) LoggerFactory.getLogger(TownStreams.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        try (OpenPage page = open()) {
            page.next();
            logger.addAppender(said);
            long counter = happensUnheard(1);
            rename("live_event", "lost");
            server.bean(Pulse.class).beat(town.id());
            Await.until(() -> !said.list.isEmpty());
            // Nobody beats once more.
            rename("lost", "live_event");
            assertThat(page.nextNews().counter()).isEqualTo(counter);
        } finally {
            logger.detachAppender(said);
        }
    }

    @Test
    void whileTheDatabaseKeepsSilentAPageIsToldToComeAgainAndIsTakenOnceItAnswers() {
        on(TambourServer.start(Dialect.POSTGRESQL, "--tambour.timer.enabled=false", "--tambour.database.look=1h"));
        TransactionTemplate transaction = server.bean(TransactionTemplate.class);
        Streams streams = server.bean(Streams.class);
        transaction.executeWithoutResult(status -> {
            server.bean(JdbcClient.class)
                    .sql("LOCK TABLE live_event IN ACCESS EXCLUSIVE MODE")
                    .update();
            try (OpenPage page = open()) {
                assertThat(page.answer().statusCode()).isEqualTo(503);
                assertThat(page.answer().headers().firstValue("Retry-After")).hasValue("10");
            }
            assertThat(streams.count()).isZero();
        });
        try (OpenPage page = open()) {
            assertThat(page.answer().statusCode()).isEqualTo(200);
            page.next();
        }
    }

    private void rename(String table, String to) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(status -> server.bean(JdbcClient.class)
                        .sql("ALTER TABLE " + table + " RENAME TO " + to)
                        .update());
    }

    @Test
    void anOrderlyStopEndsEveryStreamAtOnce() {
        on(narrow());
        try (OpenPage page = open()) {
            long began = System.nanoTime();
            server.close();
            assertThat(page.nextNews().name()).isEqualTo("end");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    /** Much happens, and one reader takes nothing of it. */
    @Test
    void whoDoesNotReadIsLeftAndTheOthersHearEverything() throws IOException {
        Streams streams = server.bean(Streams.class);
        try (Socket slow = connected("127.0.0.2");
                OpenPage page = open()) {
            assertThat(streams.count()).isEqualTo(2);
            long counter = 0;
            while (streams.count() == 2) {
                counter = muchHappens(800);
                while (page.nextNews().counter() < counter) {
                    // The other one gets it all.
                }
            }
            assertThat(counter).isPositive();
            assertThat(page.hasEnded()).isFalse();
            long last = happens(1);
            assertThat(page.nextNews().counter()).isEqualTo(last);
            assertThat(slow.isConnected()).isTrue();
        }
    }

    @Test
    void overHttp2TheStreamOfWhoDoesNotReadIsResetAndTheConnectionGoesOn() throws IOException {
        Streams streams = server.bean(Streams.class);
        try (Http2Line line = Http2Line.from("127.0.0.1", server.port(), 2_000)) {
            int slow = line.get(host(), "/direct");
            int reading = line.get(host(), "/direct");
            line.begun(slow);
            line.begun(reading);
            line.windowUpdate(reading, 10 << 20);
            line.windowUpdate(0, 10 << 20);
            assertThat(streams.count()).isEqualTo(2);

            long last = happens(800);

            assertThat(line.answer(slow).reset()).isEqualTo(Http2Line.CANCEL);
            assertThat(line.until(reading, soFar -> soFar.text().contains("id: " + last + "\n"))
                            .reset())
                    .isNegative();
            Await.until(() -> streams.count() == 1);
            assertThat(line.isOver()).isFalse();
            long then = happens(1);
            assertThat(line.until(reading, soFar -> soFar.text().contains("id: " + then + "\n"))
                            .isEnded())
                    .isFalse();
        }
    }

    @Test
    void overHttp2EachStreamOfAConnectionCountsAndHearsThatTheLineStands() throws IOException {
        try (Http2Line line = Http2Line.to(server.port())) {
            int first = line.get(host(), "/direct");
            line.begun(first);
            line.begun(line.get(host(), "/direct"));
            Http2Line.Answer third = line.answer(line.get(host(), "/direct"));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.fields()).containsEntry("retry-after", "60").containsKey("content-security-policy");
            assertThat(line.until(first, soFar -> soFar.text().contains("event: beat\n"))
                            .reset())
                    .isNegative();
            line.reset(first);
            Streams streams = server.bean(Streams.class);
            Await.until(() -> streams.count() <= 1);
            assertThat(line.begun(line.get(host(), "/direct")).status()).isEqualTo(200);
        }
    }

    /** However many come back at once, all with a number from the future. */
    @Test
    void anEventThatHasNotHappenedYetIsNotBelieved() {
        happens(1);
        for (String forged : List.of("999999999999999999", "9".repeat(30))) {
            try (OpenPage page = since(forged)) {
                assertThat(page.nextNews().name()).isEqualTo("reload");
            }
        }
    }

    @Test
    void whoWasAwayForMoreThanTheLogHoldsIsToldToShowItselfAnew() {
        long first = happens(1);
        happens(EventLog.KEPT + 5);
        try (OpenPage page = since(Long.toString(first))) {
            OpenPage.Event event = page.nextNews();
            assertThat(event.name()).isEqualTo("reload");
            assertThat(event.counter()).isEqualTo(first + EventLog.KEPT + 5);
        }
    }

    @Test
    void theLogOfATownIsBounded() {
        happens(EventLog.KEPT + 50);
        assertThat(server.bean(EventLog.class).all(town.id()).events()).hasSize(EventLog.KEPT);
    }

    /** All pages of a node that stops come to the others. */
    @Test
    void pagesAreToldToComeBackAtDifferentTimesSpreadOverTenSeconds() {
        Set<Integer> waits = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            try (OpenPage page = open()) {
                // Whatever comes first, it comes after how long to wait.
                page.next();
                waits.add(page.retry());
            }
            Streams streams = server.bean(Streams.class);
            Await.until(() -> streams.count() <= 0);
        }
        assertThat(waits).hasSizeGreaterThan(30).allMatch(wait -> wait >= 2_000 && wait < 12_000);
        assertThat(Collections.max(waits) - Collections.min(waits)).isGreaterThan(5_000);
    }

    @Test
    void whatHappensIsCountedForWhoeverWatches() throws Exception {
        on(narrow(TambourServer.LOCAL_PORT));
        try (OpenPage page = open();
                OpenPage other = open();
                OpenPage refused = open()) {
            long last = happens(3);
            Await.until(() -> page.lastId().equals(Long.toString(last)));
            Await.until(() -> other.lastId().equals(Long.toString(last)));
            assertThat(refused.answer().statusCode()).isEqualTo(503);
            assertThat(metrics())
                    .contains(
                            "tambour_live_streams 2.0",
                            "tambour_live_streams_refused_total{full=\"address\"} 1.0",
                            "tambour_live_streams_refused_total{full=\"node\"} 0.0",
                            "tambour_live_events_total 6.0");
        }
        Streams streams = server.bean(Streams.class);
        Await.until(() -> streams.count() <= 0);
        assertThat(metrics()).contains("tambour_live_streams_ended_total{reason=\"gone\"} 2.0");
    }

    private String metrics() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + server.managementPort() + "/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private long happens(int times) {
        long last = happensUnheard(times);
        server.bean(Pulse.class).beat(town.id());
        return last;
    }

    private long happensUnheard(int times) {
        return Objects.requireNonNull(server.bean(TransactionTemplate.class).execute(status -> {
            long counter = 0;
            for (int i = 0; i < times; i++) {
                counter = server.bean(Towns.class).nextCounter(town.id());
                server.bean(EventLog.class)
                        .add(
                                town.id(),
                                new LiveEvent(
                                        counter,
                                        LiveEvent.Step.PUBLISHED,
                                        false,
                                        new NoticeId(counter),
                                        Instant.parse("2026-11-28T10:00:00Z")));
            }
            return counter;
        }));
    }

    /** The same by one statement: it takes tens of thousands until the system's buffers are full. */
    private long muchHappens(int times) {
        long last =
                Objects.requireNonNull(server.bean(TransactionTemplate.class).execute(status -> {
                    JdbcClient jdbc = server.bean(JdbcClient.class);
                    long counter = jdbc.sql(
                                    "UPDATE town SET counter = counter + :times WHERE id = :town RETURNING counter")
                            .param("times", times)
                            .param("town", town.id().value())
                            .query(Long.class)
                            .single();
                    jdbc.sql("""
                            INSERT INTO live_event (town_id, counter, step, emergency, notice_id, at)
                            WITH RECURSIVE one(counter) AS
                              (SELECT :last - :times + 1 UNION ALL SELECT counter + 1 FROM one WHERE counter < :last)
                            SELECT :town, counter, 'PUBLISHED', 0, counter, 0 FROM one
                            """)
                            .param("last", counter)
                            .param("times", times)
                            .param("town", town.id().value())
                            .update();
                    return counter;
                }));
        server.bean(Pulse.class).beat(town.id());
        return last;
    }

    /** Has asked for a stream and reads nothing of it. */
    private Socket connected(String from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.setSoTimeout(60_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
        socket.getOutputStream()
                .write(("GET /direct HTTP/1.1\r\nHost: " + host() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
    }
}
