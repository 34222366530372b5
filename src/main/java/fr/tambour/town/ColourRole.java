package fr.tambour.town;

/** What a colour is for on a page; `static/css/tokens.css` names them the same. */
public enum ColourRole {
    /** Fill that carries white text. */
    TOWN("--town"),
    ON_TOWN("--on-town"),
    /** Secondary text on the town's fill. */
    ON_TOWN_2ND("--on-town-2nd"),
    /** Darker fill: footers, hover. */
    TOWN_DEEP("--town-deep"),
    /** Links and numerals. */
    TOWN_INK("--town-ink"),
    /** What is selected. */
    TOWN_WASH("--town-wash"),
    /** Fill that carries dark text. */
    BEAT("--beat"),
    ON_BEAT("--on-beat"),
    BEAT_HOVER("--beat-hover"),
    /** Accents drawn on paper. */
    BEAT_INK("--beat-ink"),
    WALL("--wall"),
    WALL_2("--wall-2"),
    SHEET("--sheet"),
    DRAFT("--draft"),
    INK("--ink"),
    INK_2("--ink-2"),
    RULE("--rule"),
    /** Borders of fields, 3:1. */
    EDGE("--edge"),
    TOWN_LINE("--town-line");

    private final String property;

    ColourRole(String property) {
        this.property = property;
    }

    /** The CSS custom property. */
    public String property() {
        return property;
    }
}
