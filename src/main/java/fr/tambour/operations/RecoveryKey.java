package fr.tambour.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * The key that opens backups: an X25519 identity of the age format (age-encryption.org/v1). It is shown once and kept
 * nowhere; Tambour keeps its public half, to which backups are encrypted. An archive and this key on a bare machine are
 * enough; nothing else opens an archive.
 */
public interface RecoveryKey {

    /**
     * Makes a new key. It replaces the one in force only once it was confirmed; until then backups go to the older one.
     *
     * @return `AGE-SECRET-KEY-1` and 58 letters and digits: to be shown, printed and forgotten. Pages that show it must
     *     not be stored (`Cache-Control: no-store`)
     */
    String create();

    /**
     * Asks whether the person really has the key that was shown last.
     *
     * @param typed as typed or pasted: case, spaces and line breaks do not matter
     */
    Confirmation confirm(String typed);

    /** When the key in force was confirmed; empty while there is none, and then there are no backups. */
    Optional<Instant> confirmedAt();

    /** What became of {@link #confirm}. */
    enum Confirmation {
        /** It is the key that was shown; it is in force from now on. */
        CONFIRMED,
        /** Its check characters do not fit: a letter was mistyped, or some are missing. */
        MISTYPED,
        /** A sound key, but not the one that was shown last. */
        ANOTHER_KEY,
        /** No key waits for confirmation. */
        NOTHING_SHOWN
    }
}
