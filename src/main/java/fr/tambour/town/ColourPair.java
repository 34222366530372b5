package fr.tambour.town;

import com.github.ajalt.colormath.calculate.ContrastKt;
import com.github.ajalt.colormath.model.RGB;
import java.util.ArrayList;
import java.util.List;

/**
 * Two colours that meet on a page, and the contrast they must have (WCAG 2.2, 1.4.3 for text, 1.4.11 for borders and
 * signs).
 *
 * @param front what is written or drawn
 * @param ground what it stands on
 * @param least ratio to reach: 4.5 or 3
 */
public record ColourPair(Paint front, Paint ground, double least) {

    private static final double TEXT = 4.5;
    private static final double SIGN = 3;

    /** All pairs of our pages that a town's colours take part in. */
    public static final List<ColourPair> ALL = List.copyOf(all());

    /** Where a colour comes from. */
    public sealed interface Paint {
        /** {@code #rrggbb} on a light or dark page. */
        String on(Palette palette, boolean dark);
    }

    /** The town's. */
    public record OfTown(ColourRole role) implements Paint {
        @Override
        public String on(Palette palette, boolean dark) {
            return palette.colour(role, dark);
        }
    }

    /** Tambour's own: no town can move what says alert, warning or done. The same values are in tokens.css. */
    public enum Fixed implements Paint {
        ALERT_INK("--alert-ink", "#a50f1c", "#ff9f98"),
        ALERT_WASH("--alert-wash", "#fdeceb", "#3b1a1b"),
        WARN_INK("--warn-ink", "#7a4a00", "#f5c26b"),
        WARN_WASH("--warn-wash", "#fdf0d8", "#37290f"),
        OK_INK("--ok-ink", "#17603a", "#86d6a5"),
        OK_WASH("--ok-wash", "#e4f3e9", "#17301f"),
        FOCUS("--focus", "#111111", "#ffffff");

        private final String property;
        private final String light;
        private final String dark;

        Fixed(String property, String light, String dark) {
            this.property = property;
            this.light = light;
            this.dark = dark;
        }

        public String property() {
            return property;
        }

        @Override
        public String on(Palette palette, boolean onDark) {
            return onDark ? dark : light;
        }
    }

    /** The ratio these two have, 1 to 21. */
    public double ratio(Palette palette, boolean dark) {
        return contrast(front.on(palette, dark), ground.on(palette, dark));
    }

    /**
     * WCAG's contrast ratio of two {@code #rrggbb}, 1 to 21.
     *
     * @throws IllegalArgumentException if one is no colour
     */
    public static double contrast(String one, String other) {
        return ContrastKt.wcagContrastRatio(RGB.Companion.invoke(one), RGB.Companion.invoke(other));
    }

    private static List<ColourPair> all() {
        List<ColourPair> pairs = new ArrayList<>();
        List<ColourRole> papers =
                List.of(ColourRole.WALL, ColourRole.WALL_2, ColourRole.SHEET, ColourRole.DRAFT, ColourRole.TOWN_WASH);
        for (ColourRole paper : papers) {
            pairs.add(text(ColourRole.INK, paper));
            pairs.add(text(ColourRole.INK_2, paper));
            pairs.add(text(ColourRole.TOWN_INK, paper));
        }
        for (ColourRole fill : List.of(ColourRole.TOWN, ColourRole.TOWN_DEEP)) {
            pairs.add(text(ColourRole.ON_TOWN, fill));
            pairs.add(text(ColourRole.ON_TOWN_2ND, fill));
        }
        pairs.add(text(ColourRole.ON_BEAT, ColourRole.BEAT));
        pairs.add(text(ColourRole.ON_BEAT, ColourRole.BEAT_HOVER));
        for (ColourRole paper : List.of(ColourRole.WALL, ColourRole.SHEET)) {
            pairs.add(new ColourPair(Fixed.ALERT_INK, new OfTown(paper), TEXT));
            pairs.add(new ColourPair(Fixed.WARN_INK, new OfTown(paper), TEXT));
            pairs.add(new ColourPair(Fixed.OK_INK, new OfTown(paper), TEXT));
            pairs.add(new ColourPair(new OfTown(ColourRole.BEAT_INK), new OfTown(paper), SIGN));
        }
        for (Fixed wash : List.of(Fixed.ALERT_WASH, Fixed.WARN_WASH, Fixed.OK_WASH)) {
            pairs.add(new ColourPair(new OfTown(ColourRole.INK), wash, TEXT));
        }
        for (ColourRole paper : List.of(ColourRole.WALL, ColourRole.WALL_2, ColourRole.SHEET, ColourRole.DRAFT)) {
            pairs.add(new ColourPair(new OfTown(ColourRole.EDGE), new OfTown(paper), SIGN));
        }
        pairs.add(new ColourPair(Fixed.FOCUS, new OfTown(ColourRole.WALL), SIGN));
        return pairs;
    }

    private static ColourPair text(ColourRole front, ColourRole ground) {
        return new ColourPair(new OfTown(front), new OfTown(ground), TEXT);
    }
}
