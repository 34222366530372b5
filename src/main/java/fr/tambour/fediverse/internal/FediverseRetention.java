package fr.tambour.fediverse.internal;

/** For how long what is known of others is kept. */
public final class FediverseRetention {

    /** An inbox from which nobody follows any more: what it was told is corrected and taken back there until then. */
    public static final int INBOX_DAYS = 90;

    /** Whoever has asked to follow and was neither let in nor refused by then has to ask again. */
    public static final int ASKING_DAYS = 90;

    /** That a post may quote a notice no more: its stamp says so until then. */
    public static final int QUOTE_DAYS = 30;

    private FediverseRetention() {}
}
