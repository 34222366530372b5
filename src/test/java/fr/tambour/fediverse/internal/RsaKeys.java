package fr.tambour.fediverse.internal;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Keys of strangers, made as our own are: a test's Java is cold, and would take seconds. */
public final class RsaKeys {

    private static final KeyPairGenerator GENERATOR = generator();

    private RsaKeys() {}

    /** Of 2,048 bits. */
    public static synchronized KeyPair pair() {
        return GENERATOR.generateKeyPair();
    }

    private static KeyPairGenerator generator() {
        try {
            KeyPairGenerator generator = NativeRsa.pairs();
            generator.initialize(2048);
            return generator;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
