package fr.tambour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.notice.NoticeRights;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.Role;
import fr.tambour.people.Tokens;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Http2Line;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Assets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Who sends or reads slowly, from one machine and on more connections than there are threads, keeps nobody from reading. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {

    private static final String PASSWORD = "quatre chats sur le toit";
    private static final int MORE_THAN_THREADS = 260;
    private static final int PIPELINED = 100;
    private static final int STREAMS = 90;
    /** Less than Jetty has here with whoever reads nothing: that would free every thread. */
    private static final int PATIENCE_MS = 120_000;

    private static final String READER = "127.0.0.1";
    private static final String HOSTILE = "127.0.0.2";

    private TambourServer server;
    private Town town;
    private Person author;
    private final List<Socket> slow = new ArrayList<>();

    @BeforeAll
    void start() throws IOException {
        server = TambourServer.start(
                Dialect.SQLITE,
                "--tambour.timer.enabled=false",
                "--server.jetty.connection-idle-timeout=5m",
                // In the end nobody waits for what never arrives.
                "--server.shutdown=immediate");
        town = Objects.requireNonNull(server.bean(TransactionTemplate.class)
                .execute(status -> server.bean(Towns.class)
                        .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false)));
        author = server.bean(People.class)
                .create(town.id(), "author@clairval.fr", "Maëlle Durand", PASSWORD, "fr", Set.of(Role.AUTHOR));
        home();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        slow.clear();
    }

    @Test
    void aThousandBytesOfJsonThatDoNotArriveHoldNoThread() throws IOException {
        String token = token(NoticeRights.WRITE.name());
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            beginning("/api/v1/notices", "application/json", "Authorization: Bearer " + token);
        }

        assertThat(home()).isEqualTo(200);
    }

    @Test
    void nothingElseThatDoesNotArriveHoldsAThreadEither() throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            beginning(i % 2 == 0 ? "/" : "/studio/connexion", i % 3 == 0 ? "text/plain" : "application/json");
        }

        assertThat(home()).isEqualTo(200);
    }

    /** Over HTTP/2 nothing need be said of how much comes. */
    @Test
    void whatDoesNotArriveOnTheStreamsOfAFewConnectionsHoldsNoThreadEither() throws IOException {
        List<Http2Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_THREADS; i++) {
                if (i % STREAMS == 0) {
                    lines.add(Http2Line.from(HOSTILE, server.port(), 65_535));
                }
                int stream = lines.getLast()
                        .ask(
                                "POST",
                                host(),
                                i % 2 == 0 ? "/studio/connexion" : "/",
                                false,
                                "content-type",
                                i % 3 == 0 ? "application/x-www-form-urlencoded" : "application/json");
                lines.getLast().frame(Http2Line.DATA, 0, stream, new byte[] {'{'});
            }

            assertThat(home()).isEqualTo(200);
            assertThat(answerTo("/studio/connexion")).isEqualTo(200);
        } finally {
            lines.forEach(Http2Line::close);
        }
    }

    /** Where a page is small, the system takes it from whoever writes to a connection; of streams it knows nothing. */
    @Test
    void whoOpensNoWindowForASmallPageOfTheStudioHoldsNoThread() throws IOException {
        List<Http2Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * MORE_THAN_THREADS; i++) {
                if (i % STREAMS == 0) {
                    lines.add(Http2Line.from("127.0.0." + (2 + i / STREAMS), server.port(), 0));
                }
                lines.getLast().get(host(), "/studio/connexion");
            }

            for (int again = 0; again < 5; again++) {
                assertThat(answerTo("/studio/connexion")).isEqualTo(200);
                assertThat(answerTo("/archives")).isEqualTo(200);
            }
        } finally {
            lines.forEach(Http2Line::close);
        }
    }

    @Test
    void whoOpensNoWindowForWhatWasAskedForHoldsAFewThreadsOnly() throws IOException {
        String large = server.bean(Assets.class).url("studio.css");
        List<Http2Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_THREADS; i++) {
                if (i % STREAMS == 0) {
                    lines.add(Http2Line.from("127.0.0." + (2 + i / STREAMS), server.port(), 0));
                }
                // A query of one's own is not in memory.
                lines.getLast().get(host(), i % 2 == 0 ? large : "/actualites?n=" + i);
            }

            for (int again = 0; again < 5; again++) {
                assertThat(answerTo("/studio/connexion")).isEqualTo(200);
            }
        } finally {
            lines.forEach(Http2Line::close);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/notices, 401",
        "/api/v1/nulle-part, 401",
        "/studio/avis, 403",
        "/agenda, 405",
        "/nulle-part, 404"
    })
    void aStrangerIsAnsweredBeforeTheJsonHasArrived(String path, int status) throws IOException {
        assertThat(status(beginning(path, "application/json"))).isEqualTo(status);
    }

    @Test
    void jsonThatComesByteByByteAndInPiecesIsReadWhole() throws IOException {
        Socket socket = open(HOSTILE);
        String body = "{\"content\":{\"kind\":\"news\",\"words\":{\"fr\":{\"title\":\"Le marché\"}}}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send(
                socket,
                "POST /api/v1/notices",
                "Authorization: Bearer " + token(NoticeRights.WRITE.name()),
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");
        for (byte one : bytes) {
            socket.getOutputStream().write(new byte[] {'1', '\r', '\n', one, '\r', '\n'});
        }
        socket.getOutputStream().write(ascii("0\r\n\r\n"));

        assertThat(status(socket)).isEqualTo(201);
    }

    @Test
    void jsonWithoutEndIsToldThatItIsTooLarge() throws IOException {
        Socket socket = open(HOSTILE);
        send(
                socket,
                "POST /api/v1/notices",
                "Authorization: Bearer " + token(NoticeRights.WRITE.name()),
                "Content-Type: application/json",
                "Transfer-Encoding: chunked");
        byte[] spaces = ascii(" ".repeat(0x10000));
        for (int i = 0; i < 32; i++) {
            socket.getOutputStream().write(ascii("10000\r\n"));
            socket.getOutputStream().write(spaces);
            socket.getOutputStream().write(ascii("\r\n"));
        }
        socket.getOutputStream().write(ascii("0\r\n\r\n"));

        assertThat(status(socket)).isEqualTo(413);
    }

    @Test
    void whoDoesNotReadWhatWasAskedForHoldsAFewThreadsOnly() throws IOException {
        String large = server.bean(Assets.class).url("studio.css");
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            Socket socket = open(HOSTILE);
            for (int asked = 0; asked < PIPELINED; asked++) {
                send(socket, "GET " + large);
            }
        }

        for (int again = 0; again < 5; again++) {
            assertThat(home()).isEqualTo(200);
        }
    }

    /** Whoever asks first has a page made for all; their turn may not come while they read nothing. */
    @Test
    void aPageThatIsMadeForWhoeverReadsNothingIsThereForTheOthers() throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            Socket socket = open(HOSTILE);
            for (int asked = 0; asked < PIPELINED; asked++) {
                // Not in memory, and answered with a page each.
                send(socket, "GET /nulle-part");
            }
        }
        for (int minute = 0; minute < 3; minute++) {
            server.clock().advance(Duration.ofMinutes(1));
            send(open(HOSTILE), "GET /");
            send(open(HOSTILE), "GET /");

            assertThat(home()).isEqualTo(200);
        }
    }

    @Test
    void fourAddressesThatReadNothingTogetherKeepNobodyFromTheStudio() throws IOException {
        String large = server.bean(Assets.class).url("studio.css");
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            Socket socket = open("127.0.0." + (2 + i % 4));
            for (int asked = 0; asked < PIPELINED; asked++) {
                send(socket, "GET " + large);
            }
        }

        for (int again = 0; again < 5; again++) {
            assertThat(answerTo("/studio/connexion")).isEqualTo(200);
        }
    }

    @Test
    void aPictureFromAProgramThatMayOnlyReadIsRefusedBeforeItHasArrived() throws IOException {
        Socket socket = open(HOSTILE);
        send(
                socket,
                "POST /api/v1/pictures",
                "Authorization: Bearer " + token(NoticeRights.READ.name()),
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: 22000000");
        socket.getOutputStream().write(ascii("--x\r\n"));

        assertThat(status(socket)).isEqualTo(403);
    }

    @Test
    void whoStopsInTheMiddleOfAPictureIsNoNews() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        root.addAppender(said);
        try (Socket socket = connected(HOSTILE)) {
            send(
                    socket,
                    "POST /api/v1/pictures",
                    "Authorization: Bearer " + token(NoticeRights.WRITE.name()),
                    "Content-Type: multipart/form-data; boundary=x",
                    "Content-Length: 1000000");
            socket.getOutputStream()
                    .write(ascii(
                            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nabc"));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } finally {
            root.detachAppender(said);
        }

        assertThat(said.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
    }

    private String token(String right) {
        return server.bean(Tokens.class)
                .create(
                        author.id(),
                        town.id(),
                        "Machine",
                        Set.of(right),
                        server.clock().instant().plus(Duration.ofDays(1)))
                .secret();
    }

    private int home() throws IOException {
        return answerTo("/");
    }

    private int answerTo(String path) throws IOException {
        try (Socket socket = connected(READER)) {
            send(socket, "GET " + path, "Connection: close");
            return status(socket);
        }
    }

    /** Announces much, and sends a byte of it. */
    private Socket beginning(String path, String type, String... fields) throws IOException {
        Socket socket = open(HOSTILE);
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Content-Type: " + type);
        all.add("Content-Length: 100000");
        send(socket, "POST " + path, all.toArray(String[]::new));
        socket.getOutputStream().write('{');
        return socket;
    }

    private Socket open(String from) throws IOException {
        Socket socket = connected(from);
        slow.add(socket);
        return socket;
    }

    private Socket connected(String from) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.setSoTimeout(PATIENCE_MS);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()), PATIENCE_MS);
        return socket;
    }

    private void send(Socket socket, String request, String... fields) throws IOException {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        socket.getOutputStream().write(ascii(request + " HTTP/1.1\r\nHost: " + host() + "\r\n" + more + "\r\n"));
    }

    private String host() {
        return town.slug() + ".localhost:" + server.port();
    }

    private static int status(Socket socket) throws IOException {
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        return Integer.parseInt(String.valueOf(line).split(" ")[1]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
