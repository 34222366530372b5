package fr.tambour.fediverse.internal;

/** So much waits for a server that nothing more may: what could not be answered is not done either. */
final class NoRoom extends RuntimeException {

    NoRoom() {
        super("Too many answers wait for their server", null, false, false);
    }
}
