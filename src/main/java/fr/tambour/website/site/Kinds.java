package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.ui.Icon;

/** The sign of each kind; its word is {@code website.kind.<kind>}. */
final class Kinds {

    private Kinds() {}

    static Icon icon(Kind kind) {
        return switch (kind) {
            case NEWS -> Icon.NEWSPAPER;
            case EVENT -> Icon.CALENDAR_BLANK;
            case PRACTICAL -> Icon.CLOCK;
            case EMERGENCY -> Icon.WARNING_OCTAGON;
        };
    }

    static String key(Kind kind) {
        return "website.kind." + kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
