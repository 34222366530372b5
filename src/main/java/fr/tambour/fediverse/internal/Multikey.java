package fr.tambour.fediverse.internal;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key as FEP-521a has it: what kind it is, and its bytes, as a number in base58btc behind a {@code z} (multibase). Ed25519 alone;
 * RSA keys stand in PEM everywhere.
 */
final class Multikey {

    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    /** A sign, two bytes of what kind it is, and 32: as a number of that size it has as many digits always. */
    private static final int BYTES = 1 + 2 + 32;

    private static final int LENGTH = 1 + 47;

    /** Multicodec's number of such keys, as a varint, behind the sign. */
    private static final byte[] ED25519 = {0, (byte) 0xed, 1};

    /** What stands before such a key in X.509 (RFC 8410 section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Multikey() {}

    /** Empty where it is none. */
    static Optional<PublicKey> ed25519(String multibase) {
        if (multibase.length() != LENGTH || multibase.charAt(0) != 'z') {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 1; i < LENGTH; i++) {
            int digit = DIGITS.indexOf(multibase.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = number.toByteArray();
        if (bytes.length != BYTES || !Arrays.equals(bytes, 0, ED25519.length, ED25519, 0, ED25519.length)) {
            return Optional.empty();
        }
        byte[] encoded = Arrays.copyOf(X509, X509.length + BYTES - ED25519.length);
        System.arraycopy(bytes, ED25519.length, encoded, X509.length, BYTES - ED25519.length);
        try {
            return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
