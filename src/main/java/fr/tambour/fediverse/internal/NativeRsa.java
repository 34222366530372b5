package fr.tambour.fediverse.internal;

import fr.tambour.keys.NativeProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own keys, and what is signed by them: by the native provider where it loads, or else by this Java, a third as fast. What
 * strangers sign, and with which keys, is read by this Java alone.
 */
final class NativeRsa {

    private static final Logger LOG = LoggerFactory.getLogger(NativeRsa.class);
    private static final @Nullable Provider PROVIDER = found();

    private NativeRsa() {}

    private static @Nullable Provider found() {
        try {
            return NativeProvider.load();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("What goes to the fediverse is signed by this Java", e);
            return null;
        }
    }

    /** Of keys to be made, which takes this Java a second or two as long as it is cold. */
    static KeyPairGenerator pairs() throws GeneralSecurityException {
        return PROVIDER == null ? KeyPairGenerator.getInstance("RSA") : KeyPairGenerator.getInstance("RSA", PROVIDER);
    }

    static KeyFactory keys() throws GeneralSecurityException {
        return PROVIDER == null ? KeyFactory.getInstance("RSA") : KeyFactory.getInstance("RSA", PROVIDER);
    }

    static Signature signature(String algorithm) throws GeneralSecurityException {
        return PROVIDER == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, PROVIDER);
    }
}
