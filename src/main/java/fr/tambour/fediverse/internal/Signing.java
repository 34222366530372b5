package fr.tambour.fediverse.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The algorithms that other servers sign with (RFC 9421 section 3.3). */
enum Signing {
    RSA_SHA256("SHA256withRSA", null),
    RSA_PSS_SHA512("RSASSA-PSS", new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1)),
    ED25519("Ed25519", null);

    private final String algorithm;
    private final @Nullable AlgorithmParameterSpec parameters;

    Signing(String algorithm, @Nullable AlgorithmParameterSpec parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    /** What a key is used with where nothing is said. */
    static Signing of(PublicKey key) {
        return key instanceof EdECKey ? ED25519 : RSA_SHA256;
    }

    /** What it may be used with by RFC 9421, the likeliest first. */
    static Stream<Signing> with(PublicKey key) {
        return key instanceof EdECKey ? Stream.of(ED25519) : Stream.of(RSA_SHA256, RSA_PSS_SHA512);
    }

    /** By its name in the registry of RFC 9421 section 6.2.2. */
    static Optional<Signing> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rsa-v1_5-sha256" -> Optional.of(RSA_SHA256);
            case "rsa-pss-sha512" -> Optional.of(RSA_PSS_SHA512);
            case "ed25519" -> Optional.of(ED25519);
            default -> Optional.empty();
        };
    }

    byte[] sign(PrivateKey key, String text) throws GeneralSecurityException {
        Signature signature = this == RSA_SHA256 ? NativeRsa.signature(algorithm) : signature();
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.sign();
    }

    /** False also where the key is of another kind, or the bytes are no signature. */
    boolean verify(PublicKey key, String text, byte[] bytes) {
        try {
            Signature signature = signature();
            signature.initVerify(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(bytes);
        } catch (InvalidKeyException | java.security.SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }
}
