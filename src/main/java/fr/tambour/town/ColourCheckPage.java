package fr.tambour.town;

import fr.tambour.town.Profile.Colours;
import java.util.Locale;

/**
 * What becomes of two colours, said beside the fields where they are picked.
 *
 * @param sheet address of the stylesheet that shows them inside `.preview`
 */
public record ColourCheckPage(ColourCheck check, String sheet) {

    public static ColourCheckPage of(Colours colours) {
        return new ColourCheckPage(ColourCheck.of(colours), sheet(colours));
    }

    /** Where the colours of a preview are served. */
    public static String sheet(Colours colours) {
        return "/mise-en-place/couleurs.css?une=" + colours.first().substring(1) + "&deux="
                + colours.second().substring(1);
    }

    /** « FIRST_DARKENED » as the bundles write it. */
    public static String key(ColourCheck.Kind kind) {
        return "town.colours." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One decimal, rounded down: « 4,5 » is never said of less. */
    public static double ratio(double contrast) {
        return Math.floor(contrast * 10) / 10;
    }
}
