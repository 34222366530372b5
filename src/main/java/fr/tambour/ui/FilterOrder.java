package fr.tambour.ui;

/** The order of our own servlet filters; Spring Security's chain comes after them, at -100. */
public final class FilterOrder {

    /** Headers on every answer, even on one that a later filter refuses. */
    public static final int HEADERS = -1_000;

    /** Turns a refusal thrown by any later filter into a page or a problem. */
    public static final int REFUSALS = -990;

    /** Host name to town. */
    public static final int TOWN = -900;

    /** {@code /en/…} to language; needs to know the town's languages. */
    public static final int LANGUAGE = -800;

    private FilterOrder() {}
}
