package fr.tambour.phone.internal;

import fr.tambour.keys.NativeProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose code encrypts: the native provider's where it loads, which is ten times as fast, or else this Java's. */
final class Algorithms {

    private static final Logger log = LoggerFactory.getLogger(Algorithms.class);

    /** What to do where the native provider does not load. */
    private static final String REPAIR =
            "it needs Linux on x86-64, and a folder for temporary files from which programs may be run: name one by"
                    + " -Dcom.amazon.corretto.crypto.provider.tmpdir=FOLDER in TAMBOUR_JAVA_OPTIONS";

    private final @Nullable Provider provider;
    private final @Nullable String lacking;

    private Algorithms(@Nullable Provider provider, @Nullable String lacking) {
        this.provider = provider;
        this.lacking = lacking;
    }

    /** Looks for the native provider and says in one line which one it is. */
    static Algorithms best() {
        Algorithms best = of(NativeProvider::load);
        if (best.isNative()) {
            log.info("Messages to phones are encrypted by {}", best.name());
        } else {
            log.warn("Messages to phones are encrypted by {}: {}", best.name(), best.lacking);
        }
        return best;
    }

    /** @param found throws whatever it likes where it does not load */
    static Algorithms of(Supplier<Provider> found) {
        try {
            return new Algorithms(found.get(), null);
        } catch (RuntimeException | LinkageError e) {
            log.debug("The native provider does not load", e);
            return new Algorithms(
                    null,
                    "all is sent, at a tenth of the speed; the native provider does not load here (%s): %s"
                            .formatted(cause(e), REPAIR));
        }
    }

    static Algorithms ofJava() {
        return new Algorithms(null, null);
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    String name() {
        return provider == null ? "Java" : provider.getName() + " " + provider.getVersionStr();
    }

    boolean isNative() {
        return provider != null;
    }

    /** Why it is not the native provider, and what to do; null where it is. */
    @Nullable
    String lacking() {
        return lacking;
    }

    KeyPairGenerator p256() throws GeneralSecurityException {
        KeyPairGenerator generator =
                provider == null ? KeyPairGenerator.getInstance("EC") : KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator;
    }

    KeyFactory ec() throws GeneralSecurityException {
        return provider == null ? KeyFactory.getInstance("EC") : KeyFactory.getInstance("EC", provider);
    }

    KeyAgreement ecdh() throws GeneralSecurityException {
        return provider == null ? KeyAgreement.getInstance("ECDH") : KeyAgreement.getInstance("ECDH", provider);
    }

    Mac hmacSha256() throws GeneralSecurityException {
        return provider == null ? Mac.getInstance("HmacSHA256") : Mac.getInstance("HmacSHA256", provider);
    }

    Cipher aesGcm() throws GeneralSecurityException {
        String name = "AES/GCM/NoPadding";
        return provider == null ? Cipher.getInstance(name) : Cipher.getInstance(name, provider);
    }

    /** ES256 (RFC 7518 section 3.4): both numbers one after the other, 64 bytes. */
    Signature es256() throws GeneralSecurityException {
        String name = "SHA256withECDSAinP1363Format";
        return provider == null ? Signature.getInstance(name) : Signature.getInstance(name, provider);
    }
}
