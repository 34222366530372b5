package fr.tambour.phone.internal;

import java.util.Arrays;

/**
 * All of a message that does not depend on what it says: a fresh key of ours, a salt, and the key and nonce that follow
 * from both and from the device's key (RFC 8291 section 3.4, RFC 8188 section 2). It serves one message; the second one
 * is refused.
 */
final class Agreement {

    /** Salt, size of a record, length of our key, our key: what the message begins with (RFC 8188 section 2.1). */
    static final int HEADER = Encryption.SALT + 4 + 1 + P256.POINT;

    static final int KEY = 16;
    static final int NONCE = 12;
    static final int BYTES = HEADER + KEY + NONCE;

    private final byte[] parts;
    private boolean used;

    /** @param parts header, content encryption key and nonce, {@value #BYTES} bytes; not the caller's any more */
    Agreement(byte[] parts) {
        this.parts = parts;
    }

    /** The public half, as the device is told it. */
    byte[] ours() {
        return Arrays.copyOfRange(parts, HEADER - P256.POINT, HEADER);
    }

    /** Its parts, once; the caller erases them. */
    synchronized byte[] use() {
        if (used) {
            throw new IllegalStateException("An agreed key serves one message.");
        }
        used = true;
        return parts;
    }
}
