package fr.tambour.conversation;

/** What became of an answer on its way. */
public enum Carried {
    UNDERWAY,
    /** Their server took it: what it made of it nobody knows. */
    ACCEPTED,
    /** Their server will not have it. */
    REFUSED,
    /** It was tried for as long as anything is, and their server took nothing. */
    GIVEN_UP,
    /** It did not leave: too much waits for their server, or nobody knows where they read. */
    NOT_SENT,
    /** It may have arrived, or not. */
    UNKNOWN;

    /** Whether it is known that nobody read it. */
    public boolean failed() {
        return switch (this) {
            case REFUSED, GIVEN_UP, NOT_SENT -> true;
            case UNDERWAY, ACCEPTED, UNKNOWN -> false;
        };
    }
}
