package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
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
            java.security.interfaces.ECPublicKey ours =
                    (java.security.interfaces.ECPublicKey) keys.generatePublic(new X509EncodedKeySpec(spki));
            KeyPair pair = new KeyPair(
                    ours,
                    keys.generatePrivate(new ECPrivateKeySpec(
                            new BigInteger(1, bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
                            ours.getParams())));

            byte[] body = encryption.seal(
                    encryption.agree(DEVICE, pair),
                    "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
                    bytes("DGv6ra1nlYgDCS1FRnbzlw"));

            assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                    .as(algorithms.name())
                    .isEqualTo(
                            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                                    + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
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
