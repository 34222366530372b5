package fr.tambour.live.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.TransactionTemplate;

/** The connection of an open page over HTTP/1.1: no heartbeat falls within a test. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnLineTest {

    private static final String ASK = "GET /direct HTTP/1.%d\r\nHost: localhost\r\n\r\n";

    private final TambourServer server = TambourServer.start(
            Dialect.SQLITE,
            "--tambour.timer.enabled=false",
            "--tambour.live.heartbeat=1h",
            "--tambour.live.streams=3",
            "--tambour.connections=40");
    private final Town town = Objects.requireNonNull(server.bean(TransactionTemplate.class)
            .execute(status -> server.bean(Towns.class)
                    .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false)));
    private final Streams streams = server.bean(Streams.class);

    /** Whoever left with something unread is missed when there is something to tell. */
    @AfterEach
    void nobodyIsLeft() {
        Await.until(() -> {
            if (streams.count() > 0) {
                happens();
            }
            return streams.count() == 0;
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Socket ask(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reading(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static String until(String wanted, BufferedReader lines) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            read.append(line).append('\n');
            if (line.startsWith(wanted)) {
                return read.toString();
            }
        }
        throw new AssertionError("It ended after " + read);
    }

    private void happens() {
        server.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            long next = server.bean(Towns.class).nextCounter(town.id());
            server.bean(EventLog.class)
                    .add(
                            town.id(),
                            new LiveEvent(next, LiveEvent.Step.PUBLISHED, false, new NoticeId(next), Instant.EPOCH));
        });
        server.bean(Pulse.class).beat(town.id());
    }

    @Test
    void whoLeavesMakesRoomAtOnce() throws IOException {
        for (int round = 0; round < 3; round++) {
            try (Socket first = ask(ASK.formatted(1));
                    Socket second = ask(ASK.formatted(1));
                    Socket third = ask(ASK.formatted(1))) {
                for (Socket one : new Socket[] {first, second, third}) {
                    until("id:", reading(one));
                }
                assertThat(streams.count()).isEqualTo(3);
            }
            Await.until(() -> streams.count() == 0);
        }
    }

    @Test
    void overHttp2WhoLeavesAStreamMakesRoomAtOnceAndTheConnectionGoesOn() throws IOException {
        try (Http2Line line = Http2Line.to(server.port())) {
            for (int round = 0; round < 3; round++) {
                int left = line.get("localhost", "/direct");
                line.begun(left);
                assertThat(streams.count()).isEqualTo(1);
                line.reset(left);
                Await.until(() -> streams.count() == 0);
            }
            assertThat(line.isOver()).isFalse();
        }
    }

    @Test
    void aProgramThatSpeaksHttp10HearsEverything() throws IOException {
        try (Socket old = ask(ASK.formatted(0))) {
            BufferedReader lines = reading(old);
            assertThat(until("id:", lines))
                    .contains("200 OK", "text/event-stream")
                    .doesNotContain("chunked");
            happens();
            assertThat(until("data:", lines)).contains("published");
        }
    }

    @Test
    void whatIsAskedForBehindAStreamIsNotAnswered() throws IOException {
        try (Socket two = ask(ASK.formatted(1) + ASK.formatted(1))) {
            BufferedReader lines = reading(two);
            assertThat(until("id:", lines)).contains("Connection: close");
            happens();
            assertThat(until("data:", lines)).doesNotContain("HTTP/1.1");
            assertThat(streams.count()).isEqualTo(1);
        }
    }

    @Test
    void whoSpeaksInAStreamIsLeft() throws IOException {
        try (Socket speaks = ask(ASK.formatted(1))) {
            BufferedReader lines = reading(speaks);
            until("id:", lines);
            speaks.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            Await.until(() -> streams.count() == 0);
        }
    }

    @Test
    void aStreamOutlivesAConnectionOnWhichNothingIsAskedFor() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try (Socket page = ask(ASK.formatted(1))) {
            BufferedReader lines = reading(page);
            until("id:", lines);
            for (int i = 0; i < 36; i++) {
                Socket silent = new Socket();
                silent.bind(new InetSocketAddress("127.0.0." + (2 + i / 9), 0));
                silent.connect(new InetSocketAddress("127.0.0.1", server.port()));
                silent.setSoTimeout(60_000);
                crowd.add(silent);
            }
            // Two seconds are enough while there are so many.
            assertThat(crowd.getFirst().getInputStream().read()).isEqualTo(-1);
            happens();
            assertThat(until("data:", lines)).contains("published");
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }
}
