package fr.tambour.phone.internal;

import java.util.Arrays;

/**
 * What does not depend on the message: a fresh key of ours and what was agreed with the device by it (RFC 8291 section
 * 3.4). It serves one message; the second one is refused.
 */
final class Agreement {

    /** Bytes of the input keying material. */
    static final int MATERIAL = 32;

    private final byte[] ours;
    private final byte[] material;
    private boolean used;

    /**
     * @param ours the public half, {@value P256#POINT} bytes
     * @param material IKM, {@value #MATERIAL} bytes
     */
    Agreement(byte[] ours, byte[] material) {
        this.ours = ours;
        this.material = material;
    }

    byte[] ours() {
        return ours;
    }

    /** Its material, erased here; once. */
    synchronized byte[] use() {
        if (used) {
            throw new IllegalStateException("An agreed key serves one message.");
        }
        used = true;
        byte[] once = material.clone();
        Arrays.fill(material, (byte) 0);
        return once;
    }
}
