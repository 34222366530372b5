package fr.tambour.keys;

/**
 * What the master key is used for. Every purpose (a constant of the calling module, like {@code "audit.chain"}) has keys
 * of its own, derived by HKDF-SHA256 (RFC 5869): what was wrapped for one purpose cannot be unwrapped for another, and a
 * MAC made for one proves nothing for another.
 */
public interface Keys {

    /** The file's name in the data folder: 32 random bytes, readable by the owner alone. Backups must hold it. */
    String FILE = "master.key";

    /**
     * Encrypts a secret with AES-256-GCM, so that it may be stored.
     *
     * @return 16 bytes of nonce, the ciphertext, 16 bytes of tag
     */
    byte[] wrap(byte[] secret, String purpose);

    /**
     * Opens what {@link #wrap} made for the same purpose.
     *
     * @throws IllegalStateException if it was changed, or wrapped for another purpose or by another master key
     */
    byte[] unwrap(byte[] wrapped, String purpose);

    /** The HMAC-SHA256 of a purpose; may be kept and shared between threads. */
    MacKey mac(String purpose);
}
