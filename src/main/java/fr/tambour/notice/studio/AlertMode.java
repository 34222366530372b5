package fr.tambour.notice.studio;

import fr.tambour.ui.Icon;

/** Whether an emergency in the hand is meant or only practised: under which address, in which words, with which look. */
public enum AlertMode {
    REAL("urgence", "notice.emergency.", "btn--alert", "btn--alert-line", Icon.WARNING_OCTAGON),
    EXERCISE("exercice", "notice.exercise.", "", "btn--line", Icon.FLAG);

    private final String slug;
    private final String prefix;
    private final String button;
    private final String line;
    private final Icon icon;

    AlertMode(String slug, String prefix, String button, String line, Icon icon) {
        this.slug = slug;
        this.prefix = prefix;
        this.button = button;
        this.line = line;
        this.icon = icon;
    }

    static AlertMode of(boolean exercise) {
        return exercise ? EXERCISE : REAL;
    }

    /** @param slug its part of the address, one of the two */
    static AlertMode of(String slug) {
        return of(slug.equals(EXERCISE.slug));
    }

    public boolean exercise() {
        return this == EXERCISE;
    }

    /** Its first screen. */
    public String path() {
        return "/studio/" + slug;
    }

    /** The key of what this one says there. */
    public String key(String what) {
        return prefix + what;
    }

    /** The class of the button that does it. */
    public String button() {
        return button;
    }

    /** The class of a button that only leads on. */
    public String line() {
        return line;
    }

    public Icon icon() {
        return icon;
    }
}
