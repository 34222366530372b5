package fr.tambour.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Whoever only holds connections keeps nobody out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OpenConnectionsTest {

    private static final int MOST = 16;
    private static final int SHARE = 4;

    private TambourServer server;
    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    void start() {
        server = TambourServer.start(
                Dialect.SQLITE,
                "--tambour.timer.enabled=false",
                "--tambour.connections=" + MOST,
                // In the end nobody waits for what never arrives.
                "--server.shutdown=immediate");
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Socket from(String address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(60_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
        open.add(socket);
        return socket;
    }

    private static void send(Socket socket, String what) throws IOException {
        socket.getOutputStream().write(what.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private boolean isAnswered(Socket socket) throws IOException {
        send(socket, "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");
        return new String(socket.getInputStream().readNBytes(9), StandardCharsets.US_ASCII).equals("HTTP/1.1 ");
    }

    @Test
    void oneAddressHasAQuarterOfThemAndAnotherIsServed() throws IOException {
        for (int i = 0; i < SHARE; i++) {
            assertThat(isAnswered(from("127.0.0.2"))).isTrue();
        }
        assertThat(isClosed(from("127.0.0.2"))).isTrue();
        assertThat(isAnswered(from("127.0.0.3"))).isTrue();
    }

    @Test
    void whileThereAreManyWhoeverAsksForNothingGoesWithinSeconds() throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            silent.add(from("127.0.0." + (2 + i / SHARE)));
        }
        long began = System.nanoTime();
        // A request that never ends is none either.
        send(silent.getFirst(), "GET / HTTP/1.1\r\nHost: loc");
        assertThat(isClosed(silent.getFirst())).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        assertThat(isAnswered(from("127.0.0.9"))).isTrue();
    }

    @Test
    void whileThereAreManyWhoeverPingsAndAsksForNothingGoesAsWell() throws IOException {
        try (Http2Line line = Http2Line.from("127.0.0.9", server.port(), 65_535)) {
            for (int i = 0; i < MOST - 2; i++) {
                from("127.0.0." + (2 + i / SHARE));
            }
            line.frame(Http2Line.PING, 0, 0, new byte[8]);
            assertThat(line.goAway()).isZero();
        }
    }

    @Test
    void anAnswerUnderWayIsNotDisturbed() throws IOException {
        try (Http2Line line = Http2Line.from("127.0.0.8", server.port(), 0)) {
            int stream = line.get("localhost", "/robots.txt");
            line.begun(stream);
            Socket last = from("127.0.0.2");
            for (int i = 1; i < MOST - 2; i++) {
                last = from("127.0.0." + (2 + i / SHARE));
            }
            assertThat(isClosed(last)).isTrue();
            line.windowUpdate(stream, 65_535);
            assertThat(line.answer(stream).isEnded()).isTrue();
        }
    }
}
