package fr.tambour.phone.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.Wrapping;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The key pair by which push services know a town again; made when first asked for, and the same for good. */
@Component
public class VapidKeys {

    private static final int COORDINATE_BYTES = 32;

    private final JdbcClient jdbc;
    private final Wrapping wrapping;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final ConcurrentMap<TownId, Pair> known = new ConcurrentHashMap<>();

    private record Pair(ECPrivateKey privateKey, byte[] publicKey) {}

    VapidKeys(JdbcClient jdbc, Keys keys, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.wrapping = new Wrapping(keys, "phone.vapid");
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Not within a transaction that only reads, unless it was asked for before. */
    public VapidKey of(Town town) {
        Pair pair = known.get(town.id());
        if (pair == null) {
            pair = Optional.ofNullable(
                            reading.execute(status -> stored(town.id()).orElse(null)))
                    .orElseGet(() -> writing.execute(status -> made(town.id())));
            known.put(town.id(), pair);
        }
        return new VapidKey(pair.privateKey(), pair.publicKey(), subject(town));
    }

    /** Whom a push service writes to (RFC 8292 section 2.1). */
    private static String subject(Town town) {
        String mail = town.profile().contact().mail();
        return !mail.isBlank()
                ? "mailto:" + mail
                : "https".equals(town.baseUrl().getScheme())
                        ? town.baseUrl().toString()
                        : "mailto:webmaster@" + town.baseUrl().getHost();
    }

    private Optional<Pair> stored(TownId town) {
        return jdbc.sql("SELECT public_key, private_key FROM phone_vapid WHERE town_id = :town")
                .param("town", town.value())
                .query((row, n) -> new Pair(
                        privateKey(wrapping.unwrap(row.getString("private_key"), context(town))),
                        Base64Url.bytes(row.getString("public_key"))))
                .optional();
    }

    private Pair made(TownId town) {
        KeyPair pair = generated();
        jdbc.sql("""
                        INSERT INTO phone_vapid (town_id, public_key, private_key) VALUES (:town, :public, :private)
                        ON CONFLICT (town_id) DO NOTHING
                        """)
                .param("town", town.value())
                .param("public", Base64Url.of(uncompressed((ECPublicKey) pair.getPublic())))
                .param("private", wrapping.wrap(pair.getPrivate().getEncoded(), context(town)))
                .update();
        // Another node may have been quicker.
        return stored(town).orElseThrow();
    }

    private static String context(TownId town) {
        return "town " + town;
    }

    private static KeyPair generated() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    private static ECPrivateKey privateKey(byte[] encoded) {
        try {
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK reads its own P-256 keys", e);
        }
    }

    private static byte[] uncompressed(ECPublicKey key) {
        ECPoint point = key.getW();
        byte[] bytes = new byte[1 + 2 * COORDINATE_BYTES];
        bytes[0] = 4;
        put(point.getAffineX(), bytes, 1);
        put(point.getAffineY(), bytes, 1 + COORDINATE_BYTES);
        return bytes;
    }

    private static void put(BigInteger coordinate, byte[] bytes, int at) {
        byte[] value = coordinate.toByteArray();
        int length = Math.min(value.length, COORDINATE_BYTES);
        System.arraycopy(value, value.length - length, bytes, at + COORDINATE_BYTES - length, length);
    }
}
