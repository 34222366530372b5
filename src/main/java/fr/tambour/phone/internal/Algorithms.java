package fr.tambour.phone.internal;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose code encrypts: the native provider's where it loads, which is ten times as fast, or else this Java's. */
final class Algorithms {

    private static final Logger log = LoggerFactory.getLogger(Algorithms.class);

    private final @Nullable Provider provider;

    private Algorithms(@Nullable Provider provider) {
        this.provider = provider;
    }

    /** Looks for the native provider and says which one it is. */
    static Algorithms best() {
        Optional<Provider> corretto = corretto();
        Algorithms best = new Algorithms(corretto.orElse(null));
        if (corretto.isPresent()) {
            log.info("Pushes are encrypted by {}", best.name());
        } else {
            log.warn(
                    "Pushes are encrypted by {}, a tenth as fast as the native provider, which does not load here",
                    best.name());
        }
        return best;
    }

    static Algorithms ofJava() {
        return new Algorithms(null);
    }

    String name() {
        return provider == null ? "Java" : provider.getName() + " " + provider.getVersionStr();
    }

    boolean isNative() {
        return provider != null;
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

    private static Optional<Provider> corretto() {
        try {
            AmazonCorrettoCryptoProvider found = AmazonCorrettoCryptoProvider.INSTANCE;
            found.assertHealthy();
            return Optional.of(found);
        } catch (RuntimeException | LinkageError e) {
            log.debug("The native provider does not load", e);
            return Optional.empty();
        }
    }
}
