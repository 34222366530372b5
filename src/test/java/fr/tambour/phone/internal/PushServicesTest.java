package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.apps.webpush.WebPushHybridDecrypt;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.internal.FaultyService;
import fr.tambour.outbound.internal.LocalClient;
import fr.tambour.testing.Authority;
import fr.tambour.testing.Pem;
import fr.tambour.testing.TestClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a message to a phone whose push service misbehaves: over HTTP/2 and TLS, as it would go out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushServicesTest {

    private static final TestClock CLOCK = new TestClock();
    private static final Instant LASTS = CLOCK.instant().plus(Duration.ofDays(1));
    private static final byte[] KEY = TestKeys.publicKey();

    private final AtomicInteger written = new AtomicInteger();
    private final List<byte[]> handedOn = new CopyOnWriteArrayList<>();
    private Authority authority;
    private Pem pem;
    private FaultyService service;
    private LocalClient client;
    private PhoneMailing mailing;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        authority = Authority.in(folder);
        pem = authority.valid(FaultyService.HOST);
        service = FaultyService.withBodies(pem, 2_000, this::answer);
        client = LocalClient.impatient(authority.certificate(), CLOCK);
        mailing = mailing(client);
    }

    private static PhoneMailing mailing(OutboundClient client) throws Exception {
        return mailing(client, CLOCK);
    }

    private static PhoneMailing mailing(OutboundClient client, TestClock clock) throws Exception {
        WebPush push = new WebPush(client, new PushTools(clock), new PreparedKeys(0), new Unprepared(), clock);
        Telling telling = new Telling(new byte[3_000], new byte[1_000], LASTS, PushMessage.Urgency.NORMAL, "avis");
        return new PhoneMailing(
                push, new PushTraffic(), TestKeys.vapid(), (phone, now) -> false, manner -> telling, clock);
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String[] path = request.path().split("/");
        switch (path[1]) {
            case "stall" -> {}
            case "reset" -> request.response().reset(2);
            case "refused" -> request.response().reset(7);
            case "reset-amid" -> {
                request.response().setStatusCode(201).setChunked(true).write("ha");
                request.response().reset(2);
            }
            case "half" ->
                request.response().setStatusCode(201).setChunked(true).write("ha");
            case "close" -> request.connection().close();
            case "storm" -> request.response().setStatusCode(429).end();
            case "seconds" -> later(request, "90");
            case "date" ->
                later(
                        request,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                CLOCK.instant().plusSeconds(120).atOffset(ZoneOffset.UTC)));
            case "absurd" -> later(request, "9".repeat(400));
            case "past" -> later(request, "Sat, 01 Jan 2000 00:00:00 GMT");
            case "at-once" -> later(request, "0");
            case "nonsense" -> later(request, "-1; drop table");
            case "endless" -> {
                request.response().setStatusCode(201);
                FaultyService.withoutEnd(request.response(), written);
            }
            case "gone" -> request.response().setStatusCode(410).end();
            case "large" -> {
                int length = Integer.parseInt(request.getHeader("content-length"));
                request.response().setStatusCode(length > 2_000 ? 413 : 201).end();
            }
            case "away" -> request.connection().goAway(0, 0);
            // As ntfy answers; it knows by the query that the bytes are to be handed on as they are.
            case "upAbCdEf" -> {
                handedOn.add(body.getBytes());
                request.response()
                        .setStatusCode("up=1".equals(request.query()) ? 200 : 400)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"id\":\"hw\",\"event\":\"message\",\"topic\":\"upAbCdEf\"}");
            }
            default -> request.response().setStatusCode(201).end();
        }
    }

    private static void later(HttpServerRequest request, String after) {
        request.response().setStatusCode(429).putHeader("Retry-After", after).end();
    }

    private static Phone phone(String address) {
        return new Phone(1, FaultyService.HOST, new PushEndpoint(URI.create(address), KEY, TestKeys.secret(1)), "fr");
    }

    private List<Outcome> sent(String address) {
        List<Outcome> told = new CopyOnWriteArrayList<>();
        mailing.send(phone(address), LASTS, () -> true, told::add);
        return told;
    }

    private Outcome outcome(String path) {
        List<Outcome> told = sent(service.address(path));
        await().atMost(Duration.ofSeconds(40)).until(() -> !told.isEmpty());
        assertThat(told).as("told once").hasSize(1);
        return told.getFirst();
    }

    @Test
    void aProgramThatIsReachedByUnifiedPushOpensWhatItsDistributorHandsOn() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair program = generator.generateKeyPair();
        byte[] spki = program.getPublic().getEncoded();
        PushEndpoint endpoint = new PushEndpoint(
                URI.create(service.address("/upAbCdEf?up=1")),
                Arrays.copyOfRange(spki, spki.length - P256.POINT, spki.length),
                TestKeys.secret(7));
        List<Outcome> told = new CopyOnWriteArrayList<>();

        mailing.send(new Phone(1, FaultyService.HOST, endpoint, "fr"), LASTS, () -> true, told::add);

        await().atMost(Duration.ofSeconds(40)).until(() -> !told.isEmpty());
        assertThat(told).containsExactly(new Outcome.Accepted());
        assertThat(new WebPushHybridDecrypt.Builder()
                        .withAuthSecret(endpoint.secret())
                        .withRecipientPublicKey((ECPublicKey) program.getPublic())
                        .withRecipientPrivateKey((ECPrivateKey) program.getPrivate())
                        .build()
                        .decrypt(handedOn.getFirst(), null))
                .isEqualTo(new byte[3_000]);
    }

    private static Outcome.RetryAt retry(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.RetryAt.class);
        return (Outcome.RetryAt) outcome;
    }

    private static @Nullable Duration patience(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.TooMany.class);
        return ((Outcome.TooMany) outcome).after();
    }

    @Test
    void whatCannotBeKnownOrIsNotTakenNowIsTriedAgain() {
        for (String path : List.of("/stall", "/reset", "/refused", "/close", "/away")) {
            assertThat(retry(outcome(path)).after()).as(path).isNull();
        }
        assertThat(patience(outcome("/storm"))).isNull();
    }

    @Test
    void whatTheServiceTookIsAcceptedHoweverItsAnswerEnds() {
        for (String path : List.of("/fine", "/reset-amid", "/half", "/endless")) {
            assertThat(outcome(path)).as(path).isEqualTo(new Outcome.Accepted());
        }
        assertThat(written.get()).isLessThan(1_000_000);
    }

    @Test
    void patienceIsGivenAsItWasAskedForAndNotForEver() {
        assertThat(patience(outcome("/seconds"))).isEqualTo(Duration.ofSeconds(90));
        assertThat(patience(outcome("/date"))).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(120));
        assertThat(patience(outcome("/absurd"))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void whoAsksToBeTriedAtOnceOrInThePastOrInNonsenseHasAskedForNothing() {
        for (String path : List.of("/at-once", "/past", "/nonsense")) {
            assertThat(patience(outcome(path))).as(path).isNull();
        }
    }

    @Test
    void whoTakesLessIsSentLessAndTheNextPhoneOfItIsSentLessStraightAway() throws Exception {
        PhoneMailing fresh = mailing(client);
        List<Outcome> told = new CopyOnWriteArrayList<>();
        long began = System.nanoTime();
        fresh.send(phone(service.address("/large/1")), LASTS, () -> true, told::add);
        await().until(() -> told.size() == 1);
        boolean soon = System.nanoTime() - began < PhoneMailing.SOON.toNanos();
        fresh.send(phone(service.address("/large/2")), LASTS, () -> true, told::add);
        await().until(() -> told.size() == 2);

        // After an answer that took long, as on a busy machine, the first one's next try is the one with less.
        if (soon) {
            assertThat(told.getFirst()).isEqualTo(new Outcome.Accepted());
        } else {
            assertThat(told.getFirst()).isIn(new Outcome.Accepted(), new Outcome.RetryAt(null, "413"));
        }
        assertThat(told.getLast()).isEqualTo(new Outcome.Accepted());
    }

    @Test
    void aServiceThatShowsAWrongOrExpiredCertificateOrIsNotThereIsTriedAgain() {
        try (FaultyService expired =
                        FaultyService.withBodies(authority.expired(FaultyService.HOST), 100, this::answer);
                FaultyService other = FaultyService.withBodies(authority.valid("other.example"), 100, this::answer);
                FaultyService mute = FaultyService.mute()) {
            List<List<Outcome>> told = new ArrayList<>();
            for (String address : List.of(
                    expired.address("/fine"),
                    other.address("/fine"),
                    mute.address("/fine"),
                    "https://push.example:1/")) {
                told.add(sent(address));
            }
            await().atMost(Duration.ofSeconds(40)).until(() -> told.stream().noneMatch(List::isEmpty));

            assertThat(told)
                    .allSatisfy(outcomes -> assertThat(outcomes)
                            .singleElement()
                            .satisfies(outcome ->
                                    assertThat(retry(outcome).after()).isNull()));
        }
    }

    @Test
    void aMessageThatWaitsForItsServiceUntilItsNoticeEndsIsExpiredAndNeverLeaves() throws Exception {
        TestClock clock = new TestClock();
        Instant end = clock.instant().plusSeconds(60);
        List<HttpServerRequest> came = new CopyOnWriteArrayList<>();
        try (FaultyService busy = FaultyService.http(pem, 1, came::add);
                LocalClient line = LocalClient.impatient(authority.certificate(), clock)) {
            PhoneMailing ending = mailing(line, clock);
            List<List<Outcome>> told = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                List<Outcome> one = new CopyOnWriteArrayList<>();
                ending.send(phone(busy.address("/" + i)), end, () -> true, one::add);
                told.add(one);
            }
            await().until(() -> came.size() == 2);

            clock.moveTo(end);
            came.forEach(request -> request.response().setStatusCode(201).end());

            await().until(() -> told.stream().noneMatch(List::isEmpty));
            assertThat(told.stream().flatMap(List::stream))
                    .hasSize(20)
                    .areExactly(2, new Condition<>(Outcome.Accepted.class::isInstance, "accepted"))
                    .areExactly(18, new Condition<>(Outcome.Expired.class::isInstance, "expired"));
            assertThat(came).hasSize(2);
        }
    }

    @Test
    void aThousandMessagesToServicesOfAllSortsAreEachToldOnceAndNothingStays() {
        Map<String, Class<? extends Outcome>> expected = Map.of(
                "fine", Outcome.Accepted.class,
                "gone", Outcome.Gone.class,
                "storm", Outcome.TooMany.class,
                "stall", Outcome.RetryAt.class,
                "reset", Outcome.RetryAt.class,
                "half", Outcome.Accepted.class,
                "endless", Outcome.Accepted.class,
                "large", Outcome.Accepted.class);
        List<FaultyService> services = new ArrayList<>();
        Map<FaultyService, String> does = new LinkedHashMap<>();
        try {
            for (String path : expected.keySet()) {
                FaultyService each = FaultyService.withBodies(pem, 100, this::answer);
                services.add(each);
                does.put(each, path);
            }
            Map<String, List<List<Outcome>>> told = new LinkedHashMap<>();
            for (int i = 0; i < 125; i++) {
                int number = i;
                does.forEach((each, path) -> told.computeIfAbsent(path, key -> new ArrayList<>())
                        .add(sent(each.address("/" + path + "/" + number))));
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> told.values().stream().flatMap(List::stream).noneMatch(List::isEmpty));

            told.forEach((path, each) -> assertThat(each)
                    .as(path)
                    .allSatisfy(outcomes -> assertThat(outcomes).singleElement().isInstanceOf(expected.get(path))));
            await().until(() -> client.underWay() == 0);
        } finally {
            services.forEach(FaultyService::close);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> client.connections() <= 1);
    }

    @Test
    void everyMessageIsAnsweredForBeforeTheEngineGivesUpOnIt() {
        Duration longest = OutboundClient.LONGEST.plus(PhoneMailing.SOON).plusMillis(500);
        assertThat(longest).isLessThan(Policy.STANDARD.answer());
    }
}
