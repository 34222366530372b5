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
import fr.tambour.testing.Pem;
import fr.tambour.testing.TestClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a service does: each request is answered once, in time, and nothing of it stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyServicesTest {

    private static final Duration CONNECT = Duration.ofSeconds(6);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Limits ONE_CONNECTION = new Limits(CONNECT, ANSWER, Duration.ofSeconds(12), 1, 1, 4_096);

    private static final Limits PATIENT =
            new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), 1, 1, 4_096);

    private Authority authority;
    private Pem pem;

    @BeforeAll
    void certificates(@TempDir Path folder) {
        authority = Authority.in(folder);
        pem = authority.valid(FaultyService.HOST);
    }

    private LocalClient client(Limits limits) {
        return new LocalClient(authority.certificate(), limits);
    }

    private static void awaitAnswers(List<List<OutboundAnswer>> told) {
        await().atMost(Duration.ofSeconds(40)).until(() -> told.stream().noneMatch(List::isEmpty));
    }

    /** Nothing is under way, and nobody holds a connection but such as can be used again. */
    private static void awaitNothingLeft(LocalClient client, FaultyService service, int usable) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        client.underWay() == 0 && client.connections() <= usable && service.connections() <= usable);
    }

    private static void assertToldOnce(List<List<OutboundAnswer>> told) {
        assertThat(told).allSatisfy(answers -> assertThat(answers).hasSize(1));
    }

    private static List<OutboundAnswer> all(List<List<OutboundAnswer>> told) {
        return told.stream().map(List::getFirst).toList();
    }

    /** Lets a thousand streams come, then goes away and looks at the first four hundred of them only. */
    private static final class GoesAway {

        private static final int STREAMS = 1_000;
        private static final int LOOKED_AT = 400;

        final Map<String, List<HttpConnection>> seen = new ConcurrentHashMap<>();
        private final List<HttpServerRequest> first = new ArrayList<>();

        synchronized void answer(HttpServerRequest request) {
            seen.computeIfAbsent(request.path(), path -> new CopyOnWriteArrayList<>())
                    .add(request.connection());
            if (!first.isEmpty() && request.connection() != first.getFirst().connection()) {
                request.response().setStatusCode(201).end();
                return;
            }
            first.add(request);
            if (first.size() == STREAMS) {
                List<HttpServerRequest> inOrder = new ArrayList<>(first);
                inOrder.sort((one, other) -> Integer.compare(one.streamId(), other.streamId()));
                int last = inOrder.get(LOOKED_AT - 1).streamId();
                first.getFirst().connection().goAway(0, last);
                inOrder.subList(0, LOOKED_AT)
                        .forEach(looked -> looked.response().setStatusCode(201).end());
            }
        }
    }

    /** It was sent late: that it has no time left says nothing of the connection. */
    @Test
    void aRequestThatRunsOutOfItsWholeTimeEndsNoConnection() {
        List<HttpConnection> seen = new CopyOnWriteArrayList<>();
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    seen.add(request.connection());
                    if (request.path().equals("/fine")) {
                        request.response().setStatusCode(201).end();
                    }
                });
                LocalClient client =
                        client(new Limits(CONNECT, Duration.ofMinutes(1), Duration.ofSeconds(3), 1, 1, 4_096))) {
            List<OutboundAnswer> silent = client.post(service.address("/silent"));
            await().atMost(Duration.ofSeconds(40)).until(() -> !silent.isEmpty());
            await().during(Duration.ofSeconds(1)).until(() -> service.connections() == 1);
            List<OutboundAnswer> next = client.post(service.address("/fine"));
            await().atMost(Duration.ofSeconds(40)).until(() -> !next.isEmpty());

            assertThat(next).singleElement().isInstanceOf(Answered.class);
            assertThat(seen).hasSize(2);
            assertThat(seen.getLast()).isSameAs(seen.getFirst());
        }
    }

    @Test
    void amidAThousandStreamsAConnectionGoesAwayAndWhatItDidNotLookAtLeavesAtOnceOverAnother() {
        GoesAway away = new GoesAway();
        try (FaultyService service = FaultyService.http(pem, 2_000, away::answer);
                LocalClient client = client(new Limits(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), 1, 1, 4_096))) {
            List<List<OutboundAnswer>> told = new ArrayList<>();
            for (int i = 0; i < GoesAway.STREAMS; i++) {
                told.add(client.post(service.address("/" + i)));
            }
            awaitAnswers(told);

            assertToldOnce(told);
            assertThat(all(told))
                    .allSatisfy(answer -> assertThat(answer)
                            .isInstanceOfSatisfying(
                                    Answered.class,
                                    answered -> assertThat(answered.status()).isEqualTo(201)));
            assertThat(away.seen).hasSize(GoesAway.STREAMS);
            assertThat(away.seen.values().stream()
                            .filter(connections -> connections.size() == 1)
                            .count())
                    .as("looked at by the first connection, and by no other")
                    .isEqualTo(GoesAway.LOOKED_AT);
            awaitNothingLeft(client, service, 1);
        }
    }

    @Test
    void aServiceThatGoesAwayTimeAndAgainIsLetAloneAndHoldsNoConnection() {
        AtomicInteger came = new AtomicInteger();
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    came.incrementAndGet();
                    request.connection().goAway(0, 0);
                });
                LocalClient client = client(ONE_CONNECTION)) {
            List<List<OutboundAnswer>> told = List.of(client.post(service.address("/x")));
            awaitAnswers(told);

            assertThat(all(told)).hasOnlyElementsOfType(Unreachable.class);
            assertThat(came).hasValue(3);
            awaitNothingLeft(client, service, 0);
            assertToldOnce(told);
        }
    }

    @Test
    void aConnectionThatEndsWithoutAWordMayHaveBeenHeardAndIsNotTriedAgainUnasked() {
        AtomicInteger came = new AtomicInteger();
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    came.incrementAndGet();
                    request.connection().close();
                });
                LocalClient client = client(ONE_CONNECTION)) {
            List<List<OutboundAnswer>> told = List.of(client.post(service.address("/x")));
            awaitAnswers(told);

            assertThat(all(told)).hasOnlyElementsOfType(Unanswered.class);
            assertThat(came).hasValue(1);
            awaitNothingLeft(client, service, 0);
        }
    }

    @Test
    void aServiceThatStallsHoldsNeitherItsRequestsNorItsConnectionNorAnybodyElse() {
        try (FaultyService stalls = FaultyService.http(pem, 100, request -> {});
                FaultyService swift = FaultyService.http(
                        pem,
                        100,
                        request -> request.response().setStatusCode(201).end());
                LocalClient client =
                        client(new Limits(CONNECT, Duration.ofSeconds(3), Duration.ofSeconds(15), 2, 2, 4_096))) {
            List<List<OutboundAnswer>> stalled = new ArrayList<>();
            List<List<OutboundAnswer>> others = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                stalled.add(client.post(stalls.address("/" + i)));
                others.add(client.post(swift.address("/" + i)));
            }
            awaitAnswers(others);
            assertThat(stalled.stream().filter(List::isEmpty).count())
                    .as("the others did not wait for them")
                    .isPositive();
            awaitAnswers(stalled);

            assertToldOnce(stalled);
            assertToldOnce(others);
            assertThat(all(others)).hasOnlyElementsOfType(Answered.class);
            assertThat(all(stalled)).hasOnlyElementsOfTypes(Unanswered.class, Unreachable.class);
            await().atMost(Duration.ofSeconds(20)).until(() -> stalls.connections() == 0);
        }
    }

    @Test
    void aFullLineIsSaidAtOnceAndWhoWaitsInItWaitsNoLongerThanForAConnection() {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        List<HttpServerRequest> held = Collections.synchronizedList(new ArrayList<>());
        try (FaultyService service = FaultyService.http(pem, 1, request -> {
                    if (mayAnswer.getCount() == 0) {
                        request.response().setStatusCode(201).end();
                    } else {
                        held.add(request);
                    }
                });
                LocalClient client = client(
                        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(14), 1, 1, 2))) {
            List<OutboundAnswer> leaves = client.post(service.address("/leaves"));
            await().until(() -> !held.isEmpty());
            List<List<OutboundAnswer>> wait =
                    List.of(client.post(service.address("/waits")), client.post(service.address("/waits")));
            List<List<OutboundAnswer>> over = List.of(client.post(service.address("/over")));

            awaitAnswers(over);
            assertThat(all(over)).containsExactly(new Unreachable("too many wait for it already"));
            awaitAnswers(wait);
            assertThat(all(wait)).hasOnlyElementsOfType(Unreachable.class);
            assertThat(leaves).as("it is waited for on its own account").isEmpty();
            awaitAnswers(List.of(leaves));
            assertThat(leaves).hasOnlyElementsOfType(Unanswered.class);

            mayAnswer.countDown();
            List<List<OutboundAnswer>> later = List.of(client.post(service.address("/later")));
            awaitAnswers(later);
            assertThat(all(later)).hasOnlyElementsOfType(Answered.class);
            assertThat(held).as("who was told never to have left has not").hasSize(1);
            awaitNothingLeft(client, service, 1);
        }
    }

    @Test
    void whatStillWaitsInTheLineAsItsEndComesDoesNotLeave() {
        TestClock clock = new TestClock();
        Instant end = clock.instant().plusSeconds(1);
        Map<String, HttpServerRequest> came = new ConcurrentHashMap<>();
        try (FaultyService service = FaultyService.http(pem, 1, request -> {
                    came.put(request.path(), request);
                    if (!request.path().equals("/leaves")) {
                        request.response().setStatusCode(201).end();
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION, clock)) {
            List<OutboundAnswer> leaves = client.post(service.address("/leaves"), end);
            await().until(() -> came.containsKey("/leaves"));
            List<OutboundAnswer> waits = client.post(service.address("/waits"), end);
            List<OutboundAnswer> lasts = client.post(service.address("/lasts"), end.plusMillis(1));

            clock.moveTo(end);
            came.get("/leaves").response().setStatusCode(201).end();

            awaitAnswers(List.of(leaves, waits, lasts));
            assertToldOnce(List.of(leaves, waits, lasts));
            assertThat(waits).containsExactly(new Expired());
            assertThat(all(List.of(leaves, lasts))).hasOnlyElementsOfType(Answered.class);
            assertThat(came).doesNotContainKey("/waits");
            awaitNothingLeft(client, service, 1);
        }
    }

    @Test
    void whatIsCalledBackWhileItWaitsInTheLineDoesNotLeave() {
        AtomicBoolean wanted = new AtomicBoolean(true);
        Map<String, HttpServerRequest> came = new ConcurrentHashMap<>();
        try (FaultyService service = FaultyService.http(pem, 1, request -> {
                    came.put(request.path(), request);
                    if (!request.path().equals("/leaves")) {
                        request.response().setStatusCode(201).end();
                    }
                });
                LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {
            List<OutboundAnswer> leaves = client.post(service.address("/leaves"), null, wanted::get);
            await().until(() -> came.containsKey("/leaves"));
            List<OutboundAnswer> waits = client.post(service.address("/waits"), null, wanted::get);
            List<OutboundAnswer> stays = client.post(service.address("/stays"));

            wanted.set(false);
            came.get("/leaves").response().setStatusCode(201).end();

            awaitAnswers(List.of(leaves, waits, stays));
            assertToldOnce(List.of(leaves, waits, stays));
            assertThat(waits).containsExactly(new Recalled());
            assertThat(all(List.of(leaves, stays))).hasOnlyElementsOfType(Answered.class);
            assertThat(came).doesNotContainKey("/waits");
            awaitNothingLeft(client, service, 1);
        }
    }

    @Test
    void thatNobodyIsThereIsToldEvenOfWhatIsWantedNoMore() {
        try (LocalClient client = new LocalClient(authority.certificate(), ONE_CONNECTION)) {
            List<OutboundAnswer> told = client.post("https://push.example:1/", null, () -> false);

            awaitAnswers(List.of(told));

            assertThat(told).singleElement().isInstanceOf(Unreachable.class);
        }
    }

    @Test
    void noPartOfTheWayAddsToTheWholeTimeThatARequestMayTake() {
        CountDownLatch resolved = new CountDownLatch(1);
        Names slow = host -> {
            try {
                // The name takes most of the time there is.
                assertThat(resolved.await(700, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
        };
        Limits limits = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMillis(1_500), 1, 1, 10);
        try (FaultyService service = FaultyService.http(pem, 100, request -> {});
                LocalClient client = new LocalClient(authority.certificate(), limits, slow)) {
            long began = System.nanoTime();
            List<List<OutboundAnswer>> told = List.of(client.post(service.address("/x")));
            awaitAnswers(told);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
            awaitNothingLeft(client, service, 1);
        }
    }

    @Test
    void whoNeverSaysAWordHoldsNoConnection() {
        try (FaultyService beforeTls = FaultyService.mute();
                FaultyService afterTls = FaultyService.raw(pem, "h2", socket -> {});
                LocalClient client = client(ONE_CONNECTION)) {
            for (FaultyService service : List.of(beforeTls, afterTls)) {
                List<List<OutboundAnswer>> told = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    told.add(client.post(service.address("/x")));
                }
                awaitAnswers(told);

                assertThat(all(told)).hasOnlyElementsOfType(Unreachable.class);
                awaitNothingLeft(client, service, 0);
                assertToldOnce(told);
            }
        }
    }

    @Test
    void whoWasMuteAndSpeaksAgainIsReachedAgain() {
        AtomicInteger came = new AtomicInteger();
        try (FaultyService service = FaultyService.raw(pem, "http/1.1", socket -> {
                    if (came.incrementAndGet() > 2) {
                        socket.handler(asked -> socket.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"));
                    }
                });
                LocalClient client = client(ONE_CONNECTION)) {
            List<List<OutboundAnswer>> told = List.of(client.post(service.address("/x")));
            awaitAnswers(told);
            assertThat(all(told)).hasOnlyElementsOfType(Unanswered.class);
            List<List<OutboundAnswer>> again = List.of(client.post(service.address("/x")));
            awaitAnswers(again);
            assertThat(all(again)).hasOnlyElementsOfType(Unanswered.class);

            List<List<OutboundAnswer>> last = List.of(client.post(service.address("/x")));
            awaitAnswers(last);
            assertThat(all(last)).hasOnlyElementsOfType(Answered.class);
        }
    }

    @Test
    void aBodyWithoutEndIsLeftAloneAsSoonAsTheAnswerIsKnown() {
        AtomicInteger written = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(1);
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    request.response().closeHandler(closed -> left.countDown());
                    request.response().setStatusCode(201);
                    FaultyService.withoutEnd(request.response(), written);
                });
                LocalClient client = client(ONE_CONNECTION)) {
            List<List<OutboundAnswer>> told = List.of(client.post(service.address("/x")));
            awaitAnswers(told);

            assertThat(all(told).getFirst()).isInstanceOfSatisfying(Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(201);
                assertThat(answered.body()).hasSize(OutboundAnswer.MOST_BODY);
            });
            await().until(() -> left.getCount() == 0);
            assertThat(written.get()).isLessThan(1_000_000);
            assertToldOnce(told);
        }
    }

    @Test
    void aLongDocumentIsReadToItsEndOverEitherProtocol() {
        byte[] document = "document ".repeat(30_000).getBytes(StandardCharsets.US_ASCII);
        try (FaultyService service = FaultyService.http(
                        pem, 100, request -> request.response().end(Buffer.buffer(document)));
                FaultyService old = FaultyService.raw(
                        pem,
                        "http/1.1",
                        socket -> socket.handler(asked -> socket.write(
                                Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: " + document.length + "\r\n\r\n")
                                        .appendBytes(document))));
                LocalClient client = client(PATIENT)) {
            for (FaultyService one : List.of(service, old)) {
                Answered once = read(client, one, document.length);
                Answered again = read(client, one, document.length);

                assertThat(List.of(once, again)).allSatisfy(answered -> {
                    assertThat(answered.body()).isEqualTo(document);
                    assertThat(answered.whole()).isTrue();
                });
            }
        }
    }

    @Test
    void whatIsMissingOfADocumentIsTold() {
        try (FaultyService service = FaultyService.http(pem, 100, request -> {
                    HttpServerResponse response = request.response();
                    switch (request.path()) {
                        case "/broken" -> {
                            response.setChunked(true);
                            response.write("half").onSuccess(written -> response.reset(2));
                        }
                        case "/long" -> response.end("0123456789");
                        default -> response.setChunked(true).write("half");
                    }
                });
                FaultyService old = FaultyService.raw(
                        pem,
                        "http/1.1",
                        socket -> socket.handler(asked ->
                                socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))));
                LocalClient client = client(ONE_CONNECTION)) {
            for (Answered answered : List.of(
                    read(client, service, "/broken", 100),
                    read(client, service, "/silent", 100),
                    read(client, service, "/long", 4),
                    read(client, old, "/broken", 100))) {
                assertThat(answered.body()).hasSize(4);
                assertThat(answered.whole()).isFalse();
            }
            assertThat(read(client, service, "/long", 10).whole()).isTrue();
        }
    }

    private static Answered read(LocalClient client, FaultyService service, int most) {
        return read(client, service, "/document", most);
    }

    private static Answered read(LocalClient client, FaultyService service, String path, int most) {
        List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
        client.send(OutboundRequest.get(URI.create(service.address(path)), Map.of(), most), told::add);
        awaitAnswers(List.of(told));
        assertThat(told).singleElement().isInstanceOf(Answered.class);
        return (Answered) told.getFirst();
    }

    @Test
    void anExpiredCertificateAndOneOfAnotherNameAreNotBelieved() {
        try (FaultyService expired = FaultyService.http(
                        authority.expired(FaultyService.HOST),
                        100,
                        request -> request.response().end());
                FaultyService other = FaultyService.http(
                        authority.valid("other.example"),
                        100,
                        request -> request.response().end());
                FaultyService fine = FaultyService.http(
                        pem, 100, request -> request.response().end());
                LocalClient client = client(ONE_CONNECTION)) {
            List<List<OutboundAnswer>> told = List.of(
                    client.post(expired.address("/x")),
                    client.post(other.address("/x")),
                    client.post(fine.address("/x")));
            awaitAnswers(told);

            assertThat(all(told).subList(0, 2)).hasOnlyElementsOfType(Unreachable.class);
            assertThat(all(told).get(2)).isInstanceOf(Answered.class);
            awaitNothingLeft(client, expired, 1);
            assertThat(expired.connections() + other.connections()).isZero();
        }
    }
}
