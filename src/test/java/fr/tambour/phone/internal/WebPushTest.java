package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Answered;
import fr.tambour.outbound.OutboundRequest;
import java.net.URI;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WebPushTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private final KeyPair town = pair();
    private final VapidKey vapid =
            new VapidKey((ECPrivateKey) town.getPrivate(), point(town), "mailto:mairie@clairval.example");
    private final PushEndpoint device =
            new PushEndpoint(URI.create("https://push.example/wpush/1"), point(pair()), new byte[16]);
    private final List<OutboundRequest> left = new ArrayList<>();

    @Test
    void aPushCarriesItsHeadersAndAVerifiableSignature() throws Exception {
        assertThat(send(new Answered(201, Map.of(), new byte[0]))).isEqualTo(new PushAnswer.Accepted());

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
        assertThat(send(answered(410))).isEqualTo(new PushAnswer.Gone());
        assertThat(send(answered(404))).isEqualTo(new PushAnswer.Gone());
        assertThat(send(answered(413))).isEqualTo(new PushAnswer.TooLarge());
        assertThat(send(answered(503))).isEqualTo(new PushAnswer.Later(503, null));
        assertThat(send(answered(302))).isEqualTo(new PushAnswer.Refused(302));
        assertThat(send(answered(403))).isEqualTo(new PushAnswer.Refused(403));
        assertThat(send(new Answered(429, Map.of("retry-after", "120"), new byte[0])))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofMinutes(2)));
        assertThat(send(new Answered(429, Map.of("retry-after", "Sat, 28 Nov 2026 10:05:00 GMT"), new byte[0])))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofMinutes(5)));
        assertThat(send(new Answered(429, Map.of("retry-after", "999999999999"), new byte[0])))
                .isEqualTo(new PushAnswer.Later(429, Duration.ofDays(1)));
        assertThat(send(new OutboundAnswer.Unanswered("x"))).isEqualTo(new PushAnswer.Unanswered("x"));
    }

    private static Answered answered(int status) {
        return new Answered(status, Map.of(), new byte[0]);
    }

    private PushAnswer send(OutboundAnswer answer) {
        List<PushAnswer> told = new ArrayList<>();
        WebPush push = new WebPush(
                (request, to) -> {
                    left.add(request);
                    to.accept(answer);
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        push.send(
                vapid,
                device,
                new PushMessage(new byte[10], Duration.ofHours(1), PushMessage.Urgency.HIGH, "avis-7"),
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
