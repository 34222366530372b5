package fr.tambour.keys.internal;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** All keys of an instance, derived from its master key: one per use and purpose. */
final class DerivedKeys implements Keys {

    private static final byte[] SALT = "fr.tambour.keys/1".getBytes(StandardCharsets.UTF_8);

    private final SecretKey master;
    private final ConcurrentMap<String, MacKey> macs = new ConcurrentHashMap<>();

    DerivedKeys(byte[] master) {
        this.master = new SecretKeySpec(master, "HKDF");
    }

    @Override
    public MacKey mac(String purpose) {
        return macs.computeIfAbsent(purpose, p -> new MacKey(derive("mac", p, "HmacSHA256")));
    }

    private SecretKey derive(String use, String purpose, String algorithm) {
        byte[] info = (use + ":" + purpose).getBytes(StandardCharsets.UTF_8);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(master)
                                    .addSalt(SALT)
                                    .thenExpand(info, MasterKey.BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA256", e);
        }
    }
}
