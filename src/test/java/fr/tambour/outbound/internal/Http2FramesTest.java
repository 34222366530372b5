package fr.tambour.outbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Expired;
import fr.tambour.outbound.OutboundAnswer.Recalled;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.testing.Authority;
import fr.tambour.testing.Await;
import fr.tambour.testing.Pem;
import fr.tambour.testing.TestClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is said of HTTP/2 frame by frame (RFC 9113), by a service that writes and reads the frames itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2FramesTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int PREFACE = 24;
    private static final int HEADER = 9;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final byte[] NOTHING = {};

    /** Beyond the patience of every test: what ends by this limit has not ended in time. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Limits ONE_CONNECTION = new Limits(LONG, LONG, LONG, 1, 1, 4_096);

    private Authority authority;
    private Pem pem;

    @BeforeAll
    void certificates(@TempDir Path folder) {
        authority = Authority.in(folder);
        pem = authority.valid(FaultyService.HOST);
    }

    private record Frame(int type, int flags, int stream, Buffer payload) {

        boolean endsStream() {
            return (flags & 1) == 1;
        }
    }

    private FaultyService service(byte[] settings, Talk talk) {
        return FaultyService.raw(pem, "h2", socket -> {
            write(socket, SETTINGS, 0, 0, settings);
            Consumer<Frame> heard = talk.begins(socket);
            Buffer came = Buffer.buffer();
            int[] at = {PREFACE};
            socket.handler(part -> {
                came.appendBuffer(part);
                while (came.length() >= at[0] + HEADER && came.length() >= at[0] + HEADER + came.getMedium(at[0])) {
                    int length = came.getMedium(at[0]);
                    heard.accept(new Frame(
                            came.getByte(at[0] + 3),
                            came.getByte(at[0] + 4),
                            came.getInt(at[0] + 5),
                            came.getBuffer(at[0] + HEADER, at[0] + HEADER + length)));
                    at[0] += HEADER + length;
                }
            });
        });
    }

    private interface Talk {
        Consumer<Frame> begins(NetSocket socket);
    }

    private static void write(NetSocket socket, int type, int flags, int stream, byte[] payload) {
        socket.write(frame(type, flags, stream, payload));
    }

    private static Buffer frame(int type, int flags, int stream, byte[] payload) {
        return Buffer.buffer()
                .appendMedium(payload.length)
                .appendByte((byte) type)
                .appendByte((byte) flags)
                .appendInt(stream)
                .appendBytes(payload);
    }

    private static byte[] number(int... numbers) {
        Buffer bytes = Buffer.buffer();
        for (int number : numbers) {
            bytes.appendInt(number);
        }
        return bytes.getBytes();
    }

    private static byte[] setting(int name, int value) {
        return Buffer.buffer().appendShort((short) name).appendInt(value).getBytes();
    }

    /** 201, and that is all (HPACK: a literal, its name the eighth of the table). */
    private static void created(NetSocket socket, int stream) {
        write(socket, HEADERS, 5, stream, new byte[] {0x08, 3, '2', '0', '1'});
    }

    private List<List<OutboundAnswer>> posted(LocalClient client, FaultyService service, int times, int body) {
        List<List<OutboundAnswer>> told = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            List<OutboundAnswer> answers = new CopyOnWriteArrayList<>();
            client.send(
                    new OutboundRequest(
                            URI.create(service.address("/" + i)),
                            Map.of("ttl", "1"),
                            "x".repeat(body).getBytes(StandardCharsets.US_ASCII),
                            null),
                    answers::add);
            told.add(answers);
        }
        await().atMost(Await.PATIENCE).until(() -> told.stream().noneMatch(List::isEmpty));
        return told;
    }

    private static long answered(List<List<OutboundAnswer>> told) {
        assertThat(told).allSatisfy(answers -> assertThat(answers).hasSize(1));
        return told.stream()
                .map(List::getFirst)
                .filter(answer -> answer instanceof Answered answered && answered.status() == 201)
                .count();
    }

    @Test
    void whoSaysThatItWillGoAndThenWhatItStillLooksAtIsTakenAtItsLastWord() {
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger headers = new AtomicInteger();
        try (FaultyService service = service(NOTHING, socket -> {
                    boolean leaves = connections.incrementAndGet() == 1;
                    AtomicInteger here = new AtomicInteger();
                    return frame -> {
                        if (frame.type() != HEADERS) {
                            return;
                        }
                        headers.incrementAndGet();
                        if (!leaves) {
                            created(socket, frame.stream());
                        } else if (here.incrementAndGet() == 3) {
                            write(socket, GOAWAY, 0, 0, number(Integer.MAX_VALUE, 0));
                            write(socket, GOAWAY, 0, 0, number(1, 0));
                            created(socket, 1);
                        }
                    };
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {

            assertThat(answered(posted(client, service, 3, 3))).isEqualTo(3);

            assertThat(headers).as("the first once, the two others twice").hasValue(5);
            await().atMost(Await.PATIENCE).until(() -> service.connections() == 1);
        }
    }

    @Test
    void aBodyLeavesInThePartsThatItsWindowLets() {
        List<Integer> parts = new CopyOnWriteArrayList<>();
        try (FaultyService service = service(setting(INITIAL_WINDOW_SIZE, 10), socket -> frame -> {
                    if (frame.type() != DATA) {
                        return;
                    }
                    parts.add(frame.payload().length());
                    if (frame.endsStream()) {
                        created(socket, frame.stream());
                    } else {
                        write(socket, WINDOW_UPDATE, 0, frame.stream(), number(10));
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {

            assertThat(answered(posted(client, service, 1, 25))).isOne();

            assertThat(parts).containsExactly(10, 10, 5);
        }
    }

    @Test
    void whoAnswersWithoutReadingTheBodyIsBelievedAndTheBodyIsGivenUp() {
        AtomicInteger givenUp = new AtomicInteger();
        try (FaultyService service = service(setting(INITIAL_WINDOW_SIZE, 0), socket -> frame -> {
                    if (frame.type() == HEADERS) {
                        created(socket, frame.stream());
                    } else if (frame.type() == RESET) {
                        givenUp.incrementAndGet();
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {

            assertThat(answered(posted(client, service, 20, 4_000))).isEqualTo(20);

            await().atMost(Await.PATIENCE).until(() -> givenUp.get() == 20);
            assertThat(service.connections()).isOne();
        }
    }

    @Test
    void aBodyThatIsHeldUpUntilItsEndDoesNotLeaveAnyMore() {
        TestClock clock = new TestClock();
        Instant end = clock.instant().plusSeconds(1);
        List<Integer> came = new CopyOnWriteArrayList<>();
        try (FaultyService service = service(setting(INITIAL_WINDOW_SIZE, 0), socket -> frame -> {
                    came.add(frame.type());
                    if (frame.type() == HEADERS) {
                        clock.moveTo(end);
                        write(socket, WINDOW_UPDATE, 0, frame.stream(), number(100));
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION, clock)) {
            List<OutboundAnswer> told = client.post(service.address("/x"), end);
            await().atMost(Await.PATIENCE).until(() -> !told.isEmpty() && came.contains(RESET));

            assertThat(told).containsExactly(new Expired());
            assertThat(came).doesNotContain(DATA);
        }
    }

    @Test
    void aBodyThatIsCalledBackWhileItIsHeldUpDoesNotLeaveAnyMore() {
        AtomicBoolean wanted = new AtomicBoolean(true);
        List<Integer> came = new CopyOnWriteArrayList<>();
        try (FaultyService service = service(setting(INITIAL_WINDOW_SIZE, 0), socket -> frame -> {
                    came.add(frame.type());
                    if (frame.type() == HEADERS) {
                        wanted.set(false);
                        write(socket, WINDOW_UPDATE, 0, frame.stream(), number(100));
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {
            List<OutboundAnswer> told = client.post(service.address("/x"), null, wanted::get);
            await().atMost(Await.PATIENCE).until(() -> !told.isEmpty() && came.contains(RESET));

            assertThat(told).containsExactly(new Recalled());
            assertThat(came).doesNotContain(DATA);
        }
    }

    @Test
    void whatTheConnectionHasNoWindowForHasNotLeft() {
        try (FaultyService service = service(NOTHING, socket -> frame -> {
                    if (frame.type() == DATA && frame.endsStream()) {
                        created(socket, frame.stream());
                    }
                });
                LocalClient client = new LocalClient(
                        authority.certificate(), new Limits(Duration.ofSeconds(10), LONG, LONG, 1, 1, 4_096))) {

            List<List<OutboundAnswer>> told = posted(client, service, 20, 4_000);

            assertThat(answered(told)).as("of 65,535 bytes").isEqualTo(16);
            assertThat(told.stream().map(List::getFirst).filter(Unreachable.class::isInstance))
                    .hasSize(4);
        }
    }

    @Test
    void whoAsksOnAndOnAndDoesNotReadTheAnswersIsLetGo() {
        try (FaultyService service = service(NOTHING, socket -> {
                    Buffer pings = Buffer.buffer();
                    for (int i = 0; i < 2_000; i++) {
                        pings.appendBuffer(frame(PING, 0, 0, new byte[8]));
                    }
                    return frame -> {
                        socket.pause();
                        on(socket, pings);
                    };
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {
            List<OutboundAnswer> told = client.post(service.address("/x"));

            await().atMost(Await.PATIENCE).until(() -> !told.isEmpty() && client.connections() == 0);
            assertThat(told).singleElement().isInstanceOf(Unanswered.class);
        }
    }

    private static void on(NetSocket socket, Buffer pings) {
        socket.write(pings).onSuccess(written -> on(socket, pings));
    }

    @Test
    void whatIsNoHttp2IsNotSpokenTo() {
        try (FaultyService service = FaultyService.raw(pem, "h2", socket -> socket.write("HTTP/1.1 400 Bad\r\n\r\n"));
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {

            assertThat(posted(client, service, 2, 3))
                    .allSatisfy(answers -> assertThat(answers).hasSize(1).hasOnlyElementsOfType(Unreachable.class));
            await().atMost(Await.PATIENCE).until(() -> client.connections() == 0);
        }
    }

    @Test
    void eachRequestOfAConnectionHasItsOwnHeaders() {
        List<String> came = new CopyOnWriteArrayList<>();
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    came.add(request.uri() + " ttl " + request.getHeader("ttl") + " topic "
                            + request.getHeader("topic") + " length " + request.getHeader("content-length") + " of "
                            + request.authority());
                    request.response().setStatusCode(201).end();
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {
            String who = URI.create(service.address("/")).getAuthority();

            headed(client, service, "/a", Map.of("ttl", "1"), 3);
            headed(client, service, "/b", Map.of("ttl", "2", "topic", "t"), 3);
            headed(client, service, "/c" + "?q=1", Map.of("ttl", "2", "topic", "t"), 4);
            headed(client, service, "/a", Map.of("ttl", "1"), 3);

            assertThat(came)
                    .containsExactly(
                            "/a ttl 1 topic null length 3 of " + who,
                            "/b ttl 2 topic t length 3 of " + who,
                            "/c?q=1 ttl 2 topic t length 4 of " + who,
                            "/a ttl 1 topic null length 3 of " + who);
            assertThat(service.connections()).isOne();
        }
    }

    private static void headed(
            LocalClient client, FaultyService service, String path, Map<String, String> headers, int body) {
        List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
        client.send(new OutboundRequest(URI.create(service.address(path)), headers, new byte[body], null), told::add);
        await().atMost(Await.PATIENCE).until(() -> !told.isEmpty());
        assertThat(told).singleElement().isInstanceOf(Answered.class);
    }
}
