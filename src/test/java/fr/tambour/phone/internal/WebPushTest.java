package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WebPushTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofHours(1));

    private final KeyPair town = pair();
    private final VapidKey vapid =
            new VapidKey((ECPrivateKey) town.getPrivate(), point(town), "mailto:mairie@clairval.example");
    private final PushEndpoint device =
            new PushEndpoint(URI.create("https://push.example/wpush/1"), point(pair()), new byte[16]);
    private final List<OutboundRequest> left = new ArrayList<>();
    private final PushTools tools = new PushTools(Clock.fixed(NOW, ZoneOffset.UTC));
    private final PreparedKeys prepared = new PreparedKeys(10);
    private final Unprepared unprepared = new Unprepared();
    private final PushTraffic traffic = new PushTraffic();

    @Test
    void aPushCarriesItsHeadersAndAVerifiableSignature() throws Exception {
        assertThat(send(new Answered(201, Map.of(), new byte[0], true))).isEqualTo(new PushAnswer.Accepted());

        assertThat(left.getFirst().leaveBy()).isEqualTo(END);
        Map<String, String> headers = left.getFirst().headers();
        assertThat(headers)
                .containsEntry("ttl", "3600")
                .containsEntry("urgency", "high")
                .containsEntry("topic", "avis-7")
                .containsEntry("content-encoding", "aes128gcm");
        String authorization = Objects.requireNonNull(headers.get("authorization"));
        assertThat(authorization).startsWith("vapid t=").endsWith(", k=" + base64(vapid.publicKey()));
        SignedJWT token = SignedJWT.parse(authorization.substring("vapid t=".length(), authorization.indexOf(',')));
        assertThat(token.verify(new ECDSAVerifier((ECPublicKey) town.getPublic())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("https://push.example");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("mailto:mairie@clairval.example");
        assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                .isBetween(NOW, NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void eachStatusHasItsMeaning() {
        // Distributors of UnifiedPush answer 200, services that pass it on 202.
        assertThat(send(answered(200))).isEqualTo(new PushAnswer.Accepted());
        assertThat(send(answered(202))).isEqualTo(new PushAnswer.Accepted());
        assertThat(send(answered(410))).isEqualTo(new PushAnswer.Gone());
        assertThat(send(answered(404))).isEqualTo(new PushAnswer.Gone());
        assertThat(send(answered(413))).isEqualTo(new PushAnswer.TooLarge());
        assertThat(send(answered(503))).isEqualTo(new PushAnswer.Later(503, null));
        assertThat(send(answered(302))).isEqualTo(new PushAnswer.Refused(302));
        assertThat(send(answered(403))).isEqualTo(new PushAnswer.Refused(403));
        assertThat(send(new Answered(429, Map.of("retry-after", "120"), new byte[0], true)))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofMinutes(2)));
        assertThat(send(new Answered(429, Map.of("retry-after", "Sat, 28 Nov 2026 10:05:00 GMT"), new byte[0], true)))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofMinutes(5)));
        assertThat(send(new Answered(429, Map.of("retry-after", "999999999999"), new byte[0], true)))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofDays(1)));
        assertThat(send(new OutboundAnswer.Expired())).isEqualTo(new PushAnswer.Expired());
        assertThat(send(new OutboundAnswer.Recalled())).isEqualTo(new PushAnswer.Recalled());
        assertThat(send(new OutboundAnswer.Unanswered("x"))).isEqualTo(new PushAnswer.Unanswered("x"));
    }

    @Test
    void aMessageMadeWithAPreparedKeyIsOpenedByWhoeverHasTheDevicesKeys() throws Exception {
        KeyPair pair = pair();
        byte[] secret = TestKeys.secret(42);
        PushEndpoint known = new PushEndpoint(URI.create("https://push.example/wpush/2"), point(pair), secret);
        Agreement ready = tools.encryption().agree(known);
        byte[] ours = ready.ours().clone();
        prepared.add(known, ready, 1);

        send(answered(201), known, "Coupure d’eau".getBytes(StandardCharsets.UTF_8));

        byte[] body = left.getLast().body();
        assertThat(Arrays.copyOfRange(body, 21, 21 + P256.POINT))
                .as("the prepared one")
                .isEqualTo(ours);
        assertThat(new String(ReceivingDevice.open(pair, secret, body), StandardCharsets.UTF_8))
                .isEqualTo("Coupure d’eau");
        assertThat(prepared.count()).isZero();
        assertThat(unprepared.next(Duration.ZERO)).as("to be made again").isEqualTo(known);
    }

    @Test
    void aPreparedKeyServesOneMessageWhateverBecomesOfIt() {
        for (OutboundAnswer answer : List.of(
                new OutboundAnswer.Unreachable("x"),
                new OutboundAnswer.Unanswered("x"),
                answered(429),
                answered(500),
                answered(201))) {
            prepared.add(device, tools.encryption().agree(device), 1);
            send(answer);
            assertThat(prepared.count()).as(answer.toString()).isZero();
        }
        send(answered(201));

        assertThat(left.stream().map(request -> HexFormat.of().formatHex(request.body(), 21, 21 + P256.POINT)))
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(left.stream().map(request -> HexFormat.of().formatHex(request.body(), 0, 16)))
                .doesNotHaveDuplicates();
    }

    @Test
    void aClientThatThrowsHasUsedUpTheKeyAllTheSame() {
        prepared.add(device, tools.encryption().agree(device), 1);
        PushMessage message = new PushMessage(new byte[1], Duration.ZERO, PushMessage.Urgency.LOW, null, null);
        assertThatThrownBy(() -> push((request, to) -> {
                            throw new IllegalStateException("broken");
                        })
                        .send(vapid, device, message, answer -> {}))
                .isInstanceOf(IllegalStateException.class);

        assertThat(prepared.count()).isZero();
    }

    @Test
    void ofManySendersAtOnceNoTwoHaveTheSameKeyWhileMoreAreMade() throws Exception {
        Set<String> used = ConcurrentHashMap.newKeySet();
        AtomicInteger messages = new AtomicInteger();
        WebPush push = push((request, to) -> {
            used.add(HexFormat.of().formatHex(request.body(), 21, 21 + P256.POINT));
            messages.incrementAndGet();
            to.accept(messages.get() % 3 == 0 ? new OutboundAnswer.Unanswered("x") : answered(201));
        });
        PushMessage message = new PushMessage(new byte[1], Duration.ZERO, PushMessage.Urgency.LOW, null, null);
        try (var threads = Executors.newFixedThreadPool(5)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int sender = 0; sender < 4; sender++) {
                work.add(() -> {
                    for (int i = 0; i < 500; i++) {
                        push.send(vapid, device, message, answer -> {});
                    }
                    return null;
                });
            }
            work.add(() -> {
                for (int i = 0; i < 1_000; i++) {
                    prepared.add(device, tools.encryption().agree(device), 1);
                }
                return null;
            });
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }

        assertThat(messages).hasValue(2_000);
        assertThat(used).hasSize(2_000);
    }

    @Test
    void ofADeviceThatIsGoneNothingIsKeptReady() {
        prepared.add(device, tools.encryption().agree(device), 1);
        prepared.add(device, tools.encryption().agree(device), 1);

        send(answered(410));

        assertThat(prepared.count()).isZero();
        assertThat(prepared.devices()).isZero();
    }

    @Test
    void whileMessagesGoOutThereIsNoTimeToPrepare() {
        List<Boolean> quiet = new ArrayList<>();
        PhoneMailing mailing = mailing((request, to) -> {
            quiet.add(!traffic.untilQuiet().isPositive());
            to.accept(answered(201));
        });
        assertThat(traffic.untilQuiet().isPositive()).isFalse();

        mailing.send(new Phone(1, "push.example", device, "fr"), END, () -> true, outcome -> {});

        assertThat(quiet).containsExactly(false);
        assertThat(traffic.untilQuiet()).isPositive();
    }

    @Test
    void whatIsSentToWhoeverAsksTakesNoTimeFromWhatIsPrepared() {
        send(answered(201));

        assertThat(traffic.untilQuiet().isPositive()).isFalse();
    }

    private PhoneMailing mailing(OutboundClient client) {
        Telling telling = new Telling(new byte[10], new byte[10], END, PushMessage.Urgency.NORMAL, "avis");
        return new PhoneMailing(
                push(client),
                traffic,
                vapid,
                (phone, now) -> false,
                manner -> telling,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Answered answered(int status) {
        return new Answered(status, Map.of(), new byte[0], true);
    }

    private WebPush push(OutboundClient client) {
        return new WebPush(client, tools, prepared, unprepared, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private PushAnswer send(OutboundAnswer answer) {
        return send(answer, device, new byte[10]);
    }

    private PushAnswer send(OutboundAnswer answer, PushEndpoint device, byte[] payload) {
        List<PushAnswer> told = new ArrayList<>();
        push((request, to) -> {
                    left.add(request);
                    to.accept(answer);
                })
                .send(
                        vapid,
                        device,
                        new PushMessage(payload, Duration.ofHours(1), PushMessage.Urgency.HIGH, "avis-7", END),
                        told::add);
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    private static KeyPair pair() {
        try {
            return Algorithms.ofJava().p256().generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] point(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - P256.POINT, encoded.length);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
