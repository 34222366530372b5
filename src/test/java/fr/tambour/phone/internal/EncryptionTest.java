package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.apps.webpush.WebPushHybridDecrypt;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EncryptionTest {

    private static final URI ADDRESS = URI.create("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV");

    /** RFC 8291 section 5. */
    private static final PushEndpoint DEVICE = new PushEndpoint(
            ADDRESS,
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            bytes("BTBZMqHH6r4Tts7J_aSIgg"));

    @Test
    void theMessageOfRfc8291ComesOutByteByByte() throws Exception {
        for (Algorithms algorithms : new Algorithms[] {Algorithms.ofJava(), Algorithms.best()}) {
            Encryption encryption = new Encryption(algorithms);
            KeyFactory keys = algorithms.ec();
            byte[] point =
                    bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
            byte[] spki = HexFormat.of()
                    .parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200"
                            + HexFormat.of().formatHex(point));
            ECPublicKey ours = (ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(spki));
            KeyPair pair = new KeyPair(
                    ours,
                    keys.generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(1, bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
                            ours.getParams())));

            byte[] body = encryption.seal(
                    encryption.agree(DEVICE, pair, bytes("DGv6ra1nlYgDCS1FRnbzlw")),
                    "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8));

            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                    .as(algorithms.name())
                    .isEqualTo(
                            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                                    + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
        }
    }

    @Test
    void whatIsSealedIsReadByCodeOfOthers() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair device = generator.generateKeyPair();
        byte[] encoded = device.getPublic().getEncoded();
        PushEndpoint endpoint = new PushEndpoint(
                ADDRESS, Arrays.copyOfRange(encoded, encoded.length - P256.POINT, encoded.length), TestKeys.secret(3));
        HybridDecrypt tink = new WebPushHybridDecrypt.Builder()
                .withAuthSecret(endpoint.secret())
                .withRecipientPublicKey((ECPublicKey) device.getPublic())
                .withRecipientPrivateKey((ECPrivateKey) device.getPrivate())
                .build();
        for (Algorithms algorithms : new Algorithms[] {Algorithms.ofJava(), Algorithms.best()}) {
            Encryption encryption = new Encryption(algorithms);
            for (int length : new int[] {1, 100, PushMessage.MOST_BYTES}) {
                byte[] payload = new byte[length];
                Arrays.fill(payload, (byte) length);
                assertThat(tink.decrypt(encryption.seal(encryption.agree(endpoint), payload), null))
                        .as("%d bytes by %s", length, algorithms.name())
                        .isEqualTo(payload);
            }
        }
    }

    @Test
    void theLargestPayloadFillsARecordAndOneByteMoreIsRefused() {
        Encryption encryption = new Encryption(Algorithms.ofJava());

        assertThat(encryption.seal(encryption.agree(DEVICE), new byte[PushMessage.MOST_BYTES]))
                .hasSize(4096);
        assertThatThrownBy(() -> encryption.seal(encryption.agree(DEVICE), new byte[PushMessage.MOST_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatIsNoPointOfTheCurveIsRefused() {
        byte[] off = DEVICE.publicKey().clone();
        off[64] ^= 1;
        assertThat(P256.isPoint(DEVICE.publicKey())).isTrue();
        assertThat(P256.isPoint(off)).isFalse();
        assertThat(P256.isPoint(new byte[65])).isFalse();
        assertThat(P256.isPoint(Arrays.copyOf(DEVICE.publicKey(), 64))).isFalse();
        Encryption encryption = new Encryption(Algorithms.ofJava());
        assertThatThrownBy(() -> encryption.agree(new PushEndpoint(ADDRESS, off, DEVICE.secret())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAgreementServesOneMessage() {
        Encryption encryption = new Encryption(Algorithms.ofJava());
        Agreement agreement = encryption.agree(DEVICE);
        encryption.seal(agreement, new byte[1]);

        assertThatThrownBy(() -> encryption.seal(agreement, new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
