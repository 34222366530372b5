package fr.tambour.notice;

/** What the public sees of a notice. Belongs to the notice, not to its draft. */
public enum PublicState {
    NONE,
    SCHEDULED,
    PUBLISHED,
    EXPIRED,
    WITHDRAWN;

    /** Whether the public has ever been shown it. */
    public boolean wasPublished() {
        return this == PUBLISHED || this == EXPIRED || this == WITHDRAWN;
    }
}
