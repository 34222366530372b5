package fr.tambour.town.site;

import fr.tambour.town.ColourRole;
import fr.tambour.town.Monogram;
import fr.tambour.town.Palette;
import fr.tambour.town.Town;

/** The shield of a town that has given no arms: its colours, the drum's cord, its initials. */
final class Shield {

    private Shield() {}

    static String of(Town town) {
        Palette palette = town.palette();
        String initials = Monogram.of(town.profile().name());
        // One letter fills the field as two do.
        int size = initials.length() == 1 ? 46 : 34;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 96">\
                <defs><clipPath id="s"><path d="M4 4h72v46c0 22-16 34-36 42C20 84 4 72 4 50Z"/></clipPath></defs>\
                <g clip-path="url(#s)"><rect width="80" height="96" fill="%1$s"/>\
                <path d="M-4 70 8 58l12 12 12-12 12 12 12-12 12 12 12-12 12 12" fill="none" stroke="%2$s" stroke-width="4"/>\
                <text x="40" y="%5$d" fill="%3$s" font-family="Arial Narrow,Helvetica Neue,Arial,sans-serif" \
                font-weight="700" font-size="%4$d" text-anchor="middle">%6$s</text></g>\
                <path d="M4 4h72v46c0 22-16 34-36 42C20 84 4 72 4 50Z" fill="none" stroke="%2$s" stroke-width="4"/></svg>
                """.formatted(
                        palette.colour(ColourRole.TOWN, false),
                        palette.colour(ColourRole.BEAT, false),
                        palette.colour(ColourRole.ON_TOWN, false),
                        size,
                        initials.length() == 1 ? 50 : 46,
                        initials);
    }
}
