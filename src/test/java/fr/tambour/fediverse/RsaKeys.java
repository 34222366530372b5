package fr.tambour.fediverse;

import fr.tambour.keys.NativeProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Keys of strangers. By the native provider where it loads: a test's Java is cold, and would take seconds. */
public final class RsaKeys {

    private static final KeyPairGenerator GENERATOR = generator();

    private RsaKeys() {}

    /** Of 2,048 bits. */
    public static synchronized KeyPair pair() {
        return GENERATOR.generateKeyPair();
    }

    private static KeyPairGenerator generator() {
        try {
            KeyPairGenerator generator = loaded();
            generator.initialize(2048);
            return generator;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator loaded() throws GeneralSecurityException {
        try {
            return KeyPairGenerator.getInstance("RSA", NativeProvider.load());
        } catch (RuntimeException | LinkageError e) {
            return KeyPairGenerator.getInstance("RSA");
        }
    }
}
