package fr.tambour.keys.internal;

/** The start stops here; the message is one sentence for the operator, saying what to repair. */
public class MasterKeyRefused extends IllegalStateException {

    MasterKeyRefused(String message) {
        super(message);
    }
}
