package fr.tambour.outbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundAnswer.Unanswered;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.testing.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedClientTest {

    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(10), 2, 4, 100);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Path authority = Path.of("");
    private int http2;
    private int http1;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        Pem pem = Pem.forHost("push.example", folder);
        authority = pem.certificate();
        http2 = serve(pem, true);
        http1 = serve(pem, false);
    }

    @AfterAll
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private int serve(Pem pem, boolean alpn) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(alpn)
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(pem.certificate().toString())
                                .setKeyPath(pem.key().toString())))
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void handle(HttpServerRequest request) {
        request.bodyHandler(body -> {
            seen.add(request.version() + " " + request.path() + " " + body.length());
            switch (request.path()) {
                case "/stall" -> {}
                case "/half" ->
                    request.response().setStatusCode(201).setChunked(true).write("half");
                case "/reset" -> request.response().reset(2);
                case "/refused" -> request.response().reset(7);
                case "/close" -> request.connection().close();
                case "/storm" ->
                    request.response()
                            .setStatusCode(429)
                            .putHeader("Retry-After", "7")
                            .end();
                case "/away" ->
                    request.response()
                            .setStatusCode(302)
                            .putHeader("Location", "https://push.example:1/")
                            .end();
                case "/endless" -> {
                    request.response().setStatusCode(200).setChunked(true);
                    request.response().write(Buffer.buffer(new byte[1_000_000]));
                }
                default -> request.response().setStatusCode(201).end("yes");
            }
        });
    }

    @Test
    void aRequestGoesOverHttp2AndIsAnswered() throws Exception {
        assertThat(status(post(http2, "/one"))).isEqualTo(201);
        assertThat(seen).contains("HTTP_2 /one 3");
    }

    @Test
    void aServerWithoutHttp2IsSpokenToInHttp11() throws Exception {
        assertThat(status(post(http1, "/old"))).isEqualTo(201);
        assertThat(seen).contains("HTTP_1_1 /old 3");
    }

    @Test
    void whatGoesWrongIsToldForWhatItIs() throws Exception {
        assertThat(post(http2, "/stall")).isInstanceOf(Unanswered.class);
        assertThat(post(http2, "/reset")).isInstanceOf(Unanswered.class);
        assertThat(post(http2, "/close")).isInstanceOf(Unanswered.class);
        assertThat(post(http1, "/close")).isInstanceOf(Unanswered.class);
        assertThat(post(http2, "/refused")).isInstanceOf(Unreachable.class);
        assertThat(post(1, "/nobody")).isInstanceOf(Unreachable.class);
        assertThat(status(post(http2, "/half"))).isEqualTo(201);
        assertThat(status(post(http1, "/half"))).isEqualTo(201);
    }

    @Test
    void aStormARedirectAndAnEndlessBodyAreAnswersAndNoMore() throws Exception {
        assertThat(((Answered) post(http2, "/storm")).header("retry-after")).contains("7");
        assertThat(((Answered) post(http2, "/away")).header("location")).contains("https://push.example:1/");
        assertThat(((Answered) post(http2, "/endless")).body()).hasSize(OutboundAnswer.MOST_BODY);
        assertThat(((Answered) post(http1, "/endless")).body()).hasSize(OutboundAnswer.MOST_BODY);
    }

    @Test
    void aCertificateOfAnotherNameOrOfNobodyIsNotBelieved() throws Exception {
        assertThat(post(new OutboundSettings(true, authority), "https://other.example:" + http2 + "/one"))
                .isEqualTo(new Unreachable(OutboundAnswer.BAD_CERTIFICATE));
        assertThat(post(new OutboundSettings(true, null), "https://push.example:" + http2 + "/one"))
                .isEqualTo(new Unreachable(OutboundAnswer.BAD_CERTIFICATE));
    }

    @Test
    void whatNobodyMayCallIsRefusedBeforeAnybodyIsAsked() throws Exception {
        OutboundSettings strict = new OutboundSettings(false, null);
        for (String address : List.of(
                "http://push.example/", "https://a@push.example/", "https://push.example:8443/", "https:opaque")) {
            assertThat(post(strict, address)).as(address).isInstanceOf(Unreachable.class);
            try (GuardedClient client =
                    new GuardedClient(strict, InetAddress::getAllByName, Limits.ORDINARY, Clock.systemUTC())) {
                assertThat(client.mayCall(URI.create(address))).as(address).isFalse();
                assertThat(client.mayCall(URI.create("https://push.example/"))).isTrue();
            }
        }
        assertThat(post(strict, "https://push.example/")).isEqualTo(new Unreachable("no public address"));
    }

    @Test
    void aNameIsResolvedOnceForTheCheckAndTheConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> new InetAddress[] {
            InetAddress.getByAddress(
                    host, asked.getAndIncrement() == 0 ? new byte[] {8, 8, 8, 8} : new byte[] {127, 0, 0, 1})
        };
        CheckedNames checked = new CheckedNames(names, false);

        assertThat(checked.of("push.example").get()).isInstanceOf(CheckedNames.Checked.Public.class);
        assertThat(checked.of("push.example").get()).isInstanceOf(CheckedNames.Checked.Public.class);
        assertThat(asked).hasValue(1);
        checked.askAnew("push.example");
        await().until(() -> checked.of("push.example").get() instanceof CheckedNames.Checked.Unusable);
    }

    private static InetAddress at(String host, int... bytes) throws UnknownHostException {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        return InetAddress.getByAddress(host, address);
    }

    @Test
    void whereOneAddressLetsNobodyInTheNextOneIsTriedAndTheNameNotAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> {
            asked.incrementAndGet();
            return new InetAddress[] {at(host, 127, 0, 0, 2), at(host, 127, 0, 0, 3), at(host, 127, 0, 0, 1)};
        };

        assertThat(status(
                        post(new OutboundSettings(true, authority), names, "https://push.example:" + http2 + "/third")))
                .isEqualTo(201);

        assertThat(asked).hasValue(1);
        assertThat(seen).contains("HTTP_2 /third 3");
    }

    @Test
    void whereNoAddressLetsAnybodyInItIsToldOnce() throws Exception {
        Names names = host -> new InetAddress[] {at(host, 127, 0, 0, 2), at(host, 127, 0, 0, 3)};

        assertThat(post(new OutboundSettings(true, authority), names, "https://push.example:" + http2 + "/none"))
                .isInstanceOf(Unreachable.class);
    }

    @Test
    void whereTheFirstAddressIsSilentThereIsTimeForTheNext() throws Exception {
        // Its queue is full: it answers nobody who knocks.
        try (ServerSocket silent = new ServerSocket(http2, 1, InetAddress.getByName("127.0.0.2"))) {
            List<Socket> queued = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                queued.add(new Socket(silent.getInetAddress(), http2));
            }
            Names names = host -> new InetAddress[] {at(host, 127, 0, 0, 2), at(host, 127, 0, 0, 1)};

            assertThat(status(post(
                            new OutboundSettings(true, authority),
                            names,
                            "https://push.example:" + http2 + "/patient")))
                    .isEqualTo(201);
            for (Socket one : queued) {
                one.close();
            }
        }
    }

    @Test
    void ofTheAddressesOfANameOnlyPublicOnesAreEverConnectedTo() throws Exception {
        Names names = host -> new InetAddress[] {
            at(host, 127, 0, 0, 1),
            at(host, 10, 0, 0, 1),
            at(host, 8, 8, 8, 8),
            at(host, 169, 254, 169, 254),
            at(host, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1),
            at(host, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            at(host, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            at(host, 8, 8, 4, 4),
            at(host, 8, 8, 8, 8),
            at(host, 192, 168, 1, 1)
        };

        assertThat(new CheckedNames(names, false).of("mixed.example").get())
                .isEqualTo(new CheckedNames.Checked.Public(
                        List.of(at("mixed.example", 8, 8, 8, 8), at("mixed.example", 8, 8, 4, 4))));
    }

    @Test
    void aNameThatIsResolvedAnewIsJudgedAnew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> asked.getAndIncrement() == 0
                ? new InetAddress[] {at(host, 8, 8, 8, 8), at(host, 8, 8, 4, 4)}
                : new InetAddress[] {at(host, 8, 8, 4, 4), at(host, 10, 0, 0, 1)};
        CheckedNames checked = new CheckedNames(names, false);
        checked.of("push.example").get();

        checked.askAnew("push.example");

        CheckedNames.Checked left = new CheckedNames.Checked.Public(List.of(at("push.example", 8, 8, 4, 4)));
        await().until(() -> checked.of("push.example").get().equals(left));
    }

    @Test
    void theSameAddressesInAnotherOrderAreTriedInTheOrderThatIsKnown() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> asked.getAndIncrement() == 0
                ? new InetAddress[] {at(host, 8, 8, 8, 8), at(host, 8, 8, 4, 4)}
                : new InetAddress[] {at(host, 8, 8, 4, 4), at(host, 8, 8, 8, 8)};
        CheckedNames checked = new CheckedNames(names, false);
        CheckedNames.Checked known = checked.of("push.example").get();

        checked.askAnew("push.example");

        await().until(() -> asked.get() == 2);
        assertThat(checked.of("push.example").get()).isEqualTo(known);
    }

    @Test
    void aNameThatIsKnownIsGoneOnWithWhileItCannotBeResolved() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Boolean> again = new CompletableFuture<>();
        Names names = host -> {
            if (asked.getAndIncrement() > 0) {
                again.complete(true);
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {8, 8, 8, 8})};
        };
        CheckedNames checked = new CheckedNames(names, false);
        assertThat(checked.of("push.example").get()).isInstanceOf(CheckedNames.Checked.Public.class);

        checked.askAnew("push.example");

        assertThat(again.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(checked.of("push.example").get()).isInstanceOf(CheckedNames.Checked.Public.class);
    }

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static InetAddress[] anAddress(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {8, 8, 8, 8})};
    }

    private static void waits(CountDownLatch answers) {
        try {
            answers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void namesBehindSlowOnesAreResolvedAtOnce() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        Names names = host -> {
            if (host.startsWith("slow")) {
                waits(answers);
            }
            return anAddress(host);
        };
        CheckedNames checked = new CheckedNames(names, false, Duration.ofMinutes(1));
        List<CompletableFuture<CheckedNames.Checked>> slow = IntStream.range(0, 40)
                .mapToObj(i -> checked.of("slow-" + i + ".example"))
                .toList();

        assertThat(checked.of("push.example").get(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(CheckedNames.Checked.Public.class);
        assertThat(slow).noneMatch(CompletableFuture::isDone);
        answers.countDown();
        for (CompletableFuture<CheckedNames.Checked> one : slow) {
            assertThat(one.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(CheckedNames.Checked.Public.class);
        }
    }

    @Test
    void whatANameServerSaysTooLateIsKnownToWhoAsksNext() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> {
            asked.incrementAndGet();
            waits(answers);
            return anAddress(host);
        };
        CheckedNames checked = new CheckedNames(names, false, Duration.ofMillis(50));

        assertThat(checked.of("late.example").get()).isInstanceOf(CheckedNames.Checked.Unusable.class);
        answers.countDown();

        await().until(() -> checked.of("late.example").get() instanceof CheckedNames.Checked.Public);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aNameServerThatWasSilentIsAskedAgainSoon() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Names names = host -> {
            if (asked.getAndIncrement() == 0) {
                waits(never);
            }
            return anAddress(host);
        };
        CheckedNames checked = new CheckedNames(names, false, Duration.ofMillis(50));

        await().atMost(LONGEST).until(() -> checked.of("dumb.example").get() instanceof CheckedNames.Checked.Public);
        never.countDown();
    }

    private OutboundAnswer post(int port, String path) throws Exception {
        return post(new OutboundSettings(true, authority), "https://push.example:" + port + path);
    }

    private static OutboundAnswer post(OutboundSettings settings, String address) throws Exception {
        return post(settings, host -> new InetAddress[] {at(host, 127, 0, 0, 1)}, address);
    }

    private static OutboundAnswer post(OutboundSettings settings, Names names, String address) throws Exception {
        try (GuardedClient client = new GuardedClient(settings, names, SHORT, Clock.systemUTC())) {
            CompletableFuture<OutboundAnswer> told = new CompletableFuture<>();
            client.send(
                    new OutboundRequest(URI.create(address), Map.of("ttl", "1"), new byte[3], null), told::complete);
            return told.get(20, TimeUnit.SECONDS);
        }
    }

    private static int status(OutboundAnswer answer) {
        assertThat(answer).isInstanceOf(Answered.class);
        return ((Answered) answer).status();
    }
}
