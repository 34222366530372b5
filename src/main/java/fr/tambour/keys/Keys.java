package fr.tambour.keys;

/**
 * What the master key is used for. Every purpose (a constant of the calling module, like {@code "audit.chain"}) has keys
 * of its own, derived by HKDF-SHA256 (RFC 5869): a MAC made for one proves nothing for another.
 */
public interface Keys {

    /** The file's name in the data folder: 32 random bytes, readable by the owner alone. Backups must hold it. */
    String FILE = "master.key";

    /** The HMAC-SHA256 of a purpose; may be kept and shared between threads. */
    MacKey mac(String purpose);
}
