package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.live.OpenPage;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.TransactionTemplate;

/** Open pages are bounded, kept awake, and left when they do not read. */
@Timeout(60)
class StreamLimitsTest {

    private TambourServer server = start(
            "--tambour.live.heartbeat=100ms",
            "--tambour.live.streams=3",
            "--tambour.live.share=2",
            "--tambour.live.patience=1s");
    private final Town town = Objects.requireNonNull(server.bean(TransactionTemplate.class)
            .execute(status -> server.bean(Towns.class)
                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false)));

    private static TambourServer start(String... properties) {
        String[] all = new String[properties.length + 1];
        System.arraycopy(properties, 0, all, 1, properties.length);
        all[0] = "--tambour.timer.enabled=false";
        return TambourServer.start(Dialect.SQLITE, all);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OpenPage open() {
        return OpenPage.at(server.url("/direct"), null);
    }

    @Test
    void aPageThatHearsNothingIsToldThatTheLineStands() {
        try (OpenPage page = open()) {
            assertThat(page.next().name()).isEqualTo(":");
            assertThat(page.next().name()).isEqualTo(":");
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
        while (streams.count() > 0) {
            Thread.onSpinWait();
        }
        try (OpenPage again = open()) {
            assertThat(again.answer().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anOrderlyStopEndsEveryStreamAtOnce() {
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
                counter = happens(800);
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

    private long happens(int times) {
        long last =
                Objects.requireNonNull(server.bean(TransactionTemplate.class).execute(status -> {
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
        server.bean(Pulse.class).beat(town.id());
        return last;
    }

    /** Has asked for a stream and reads nothing of it. */
    private Socket connected(String from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
        socket.getOutputStream()
                .write(("GET /direct HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
    }
}
