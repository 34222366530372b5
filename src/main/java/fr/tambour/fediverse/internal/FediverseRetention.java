package fr.tambour.fediverse.internal;

/** For how long what is known of others is kept. */
public final class FediverseRetention {

    /** An inbox from which nobody follows any more: what it was told is corrected and taken back there until then. */
    public static final int INBOX_DAYS = 90;

    /** Whoever has asked to follow and was neither let in nor refused by then has to ask again. */
    public static final int ASKING_DAYS = 90;

    /** That a post may quote a notice no more: its stamp says so until then. */
    public static final int QUOTE_DAYS = 30;

    /** That the town has taken back its leave from a post, as what was hidden is kept ({@code docs/decisions/0021}). */
    public static final int REFUSED_QUOTE_DAYS = 365;

    private FediverseRetention() {}
}
