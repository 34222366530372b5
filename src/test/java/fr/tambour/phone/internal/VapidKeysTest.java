package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class VapidKeysTest {

    private static final Keys KEYS = purpose ->
            new MacKey(new SecretKeySpec(("master" + purpose).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));

    private final Engine engine;
    private static long towns = 100;
    private final Town town = town(++towns);

    VapidKeysTest(Engine engine) {
        this.engine = engine;
    }

    private static Town town(long id) {
        return new Town(
                new TownId(id),
                "clairval-" + id,
                TestTowns.CLAIRVAL,
                TestTowns.profile("Clairval", "clairval.example"),
                false,
                1);
    }

    @BeforeEach
    void aTown() {
        engine.insertTown(town.id().value(), town.slug());
    }

    private VapidKeys keys() {
        var manager = engine.writing().getTransactionManager();
        assertThat(manager).isNotNull();
        return new VapidKeys(engine.jdbc(), KEYS, manager);
    }

    @Test
    void aTownHasOneKeyForGoodWhoeverAsksFirst() throws Exception {
        VapidKey first = keys().of(town);
        VapidKey later = keys().of(town);

        assertThat(later.publicKey()).isEqualTo(first.publicKey()).hasSize(65).startsWith(4);
        assertThat(later.privateKey()).isEqualTo(first.privateKey());
        assertThat(first.subject()).isEqualTo("https://clairval.example");
    }

    @Test
    void thePublicHalfVerifiesWhatThePrivateHalfSigns() throws Exception {
        VapidKey key = keys().of(town);
        byte[] message = {1, 2, 3};
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key.privateKey());
        signing.update(message);
        byte[] signature = signing.sign();

        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(publicKey(key.publicKey()));
        verifying.update(message);
        assertThat(verifying.verify(signature)).isTrue();
    }

    private static PublicKey publicKey(byte[] point) throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                                new BigInteger(1, Arrays.copyOfRange(point, 33, 65))),
                        curve.getParameterSpec(ECParameterSpec.class)));
    }

    @Test
    void thePrivateHalfIsNotReadInTheDatabase() {
        VapidKey key = keys().of(town);
        String stored = engine.jdbc()
                .sql("SELECT private_key FROM phone_vapid WHERE town_id = :town")
                .param("town", town.id().value())
                .query(String.class)
                .single();

        String plain = Base64Url.of(key.privateKey().getEncoded());
        assertThat(stored).doesNotContain(plain.substring(20, 60));
    }
}
