package fr.tambour.fediverse.internal;

/** For how long what is known of others is kept. */
public final class FediverseRetention {

    /** An inbox from which nobody follows any more: what it was told is corrected and taken back there until then. */
    public static final int INBOX_DAYS = 90;

    private FediverseRetention() {}
}
