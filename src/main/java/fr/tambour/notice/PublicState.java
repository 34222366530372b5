package fr.tambour.notice;

/** What the public sees of a notice. Belongs to the notice, not to its draft. */
public enum PublicState {
    /** It was never shown. */
    NONE,
    /** It will be shown at a time that is settled. */
    SCHEDULED,
    /** It stands, until its end. */
    PUBLISHED,
    /** Its end has come: off every list, but for its page and the archive. */
    EXPIRED,
    /** It was taken back: its page says so, and why. */
    WITHDRAWN;

    /** Whether the public has ever been shown it. */
    public boolean wasPublished() {
        return this == PUBLISHED || this == EXPIRED || this == WITHDRAWN;
    }
}
