package fr.tambour.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets in the database that only the master key opens: AES-256-GCM under a key that serves once, the HMAC of 32
 * random bytes. What was wrapped for one purpose or one context opens for no other.
 */
public final class Wrapping {

    private static final int SALT_BYTES = 32;
    private static final int TAG_BITS = 128;

    /** The key serves once, so its nonce may be any (NIST SP 800-38D, section 8). */
    private static final byte[] NONCE = new byte[12];

    private final MacKey key;
    private final SecureRandom random = new SecureRandom();

    /** @param purpose a constant of the calling module: {@code phone.vapid} */
    public Wrapping(Keys keys, String purpose) {
        this.key = keys.mac("wrap:" + purpose);
    }

    /** @param context what it belongs to: whoever puts it elsewhere cannot open it there */
    public String wrap(byte[] secret, String context) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, salt, context, secret);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(salt.length + sealed.length)
                        .put(salt)
                        .put(sealed)
                        .array());
    }

    /** @throws IllegalStateException if it was not wrapped so, or by another master key */
    public byte[] unwrap(String wrapped, String context) {
        ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(wrapped));
        if (all.remaining() < SALT_BYTES) {
            throw new IllegalStateException("What is no wrapped secret cannot be opened");
        }
        byte[] salt = new byte[SALT_BYTES];
        all.get(salt);
        byte[] sealed = new byte[all.remaining()];
        all.get(sealed);
        return run(Cipher.DECRYPT_MODE, salt, context, sealed);
    }

    private byte[] run(int mode, byte[] salt, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key.sign(salt), "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A secret of " + context + " could not be " + (mode == Cipher.ENCRYPT_MODE ? "wrapped" : "opened"),
                    e);
        }
    }
}
