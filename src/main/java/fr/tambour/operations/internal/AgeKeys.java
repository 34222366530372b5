package fr.tambour.operations.internal;

import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** Identities and recipients of age, as text (Bech32, BIP 173). */
public final class AgeKeys {

    private AgeKeys() {}

    /**
     * @param identity `AGE-SECRET-KEY-1…`
     * @param recipient `age1…`
     */
    record Pair(String identity, String recipient) {}

    static Pair generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            return new Pair(
                    text(pair.getPrivate().getEncoded()), text(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 11 has X25519", e);
        }
    }

    /** As printed: without the spaces and line breaks of a page, in capitals. */
    public static String normalise(String typed) {
        return typed.replaceAll("[\\s\\u00a0\\u202f\\u200b]+", "").toUpperCase(Locale.ROOT);
    }

    /** The recipient of a normalised identity; empty if its form or its check characters are wrong. */
    static Optional<String> recipientOf(String identity) {
        try {
            var key = new SecretKeySpec(identity.getBytes(StandardCharsets.US_ASCII), "X25519");
            return Optional.of(text(new X25519KeyFactory().translateKey(key).getEncoded()));
        } catch (InvalidKeyException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK since 11 has X25519", e);
        }
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.US_ASCII);
    }
}
