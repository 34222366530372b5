package fr.tambour.notice;

/** How long a text of a notice may be, in characters as people count them. Two things: what is advised, and the limit. */
public enum Length {
    /** A title longer than advised does not fit on a phone's two lines. */
    TITLE(80, 160),
    /** A summary longer than advised does not fit on a phone. */
    SUMMARY(180, 400);

    private final int advised;
    private final int most;

    Length(int advised, int most) {
        this.advised = advised;
        this.most = most;
    }

    /** Beyond it the text is doubtful, and may be submitted. */
    public int advised() {
        return advised;
    }

    /** Beyond it the notice cannot be submitted. */
    public int most() {
        return most;
    }
}
