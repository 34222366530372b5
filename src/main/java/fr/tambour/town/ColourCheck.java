package fr.tambour.town;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of two colours as a town picks them. They are never refused: what would not be readable is moved, and
 * the town is told.
 *
 * @param lowest the lowest contrast of text on our pages, light and dark, with the colours as used
 * @param findings what the town should know
 */
public record ColourCheck(Palette palette, double lowest, List<Finding> findings) {

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** @param contrast the ratio that the colour as picked would have had */
    public record Finding(Kind kind, double contrast) {}

    /** What was moved, and why. */
    public enum Kind {
        /** White text would be hard to read on the first colour: it is darkened. */
        FIRST_DARKENED,
        /** Dark text would be hard to read on the second: it is lightened. */
        SECOND_LIGHTENED
    }

    /** @throws IllegalArgumentException if one of the two is no colour; {@link #typed} lets only colours through */
    public static ColourCheck of(Profile.Colours picked) {
        Palette palette = Palette.of(picked);
        List<Finding> findings = new ArrayList<>();
        double white = ColourPair.contrast(picked.first(), "#ffffff");
        if (white < 4.5) {
            findings.add(new Finding(Kind.FIRST_DARKENED, white));
        }
        double ink = ColourPair.contrast(picked.second(), palette.colour(ColourRole.ON_BEAT, false));
        if (ink < 4.5) {
            findings.add(new Finding(Kind.SECOND_LIGHTENED, ink));
        }
        return new ColourCheck(palette, lowest(palette), List.copyOf(findings));
    }

    /** A colour as typed or picked: `#0d5b63`, `0D5B63`, `#abc`. */
    public static Optional<String> typed(String text) {
        String hex = text.strip();
        hex = hex.startsWith("#") ? hex : "#" + hex;
        if (hex.length() == 4) {
            hex = "#" + hex.substring(1, 2).repeat(2) + hex.substring(2, 3).repeat(2)
                    + hex.substring(3).repeat(2);
        }
        return HEX.matcher(hex).matches() ? Optional.of(hex.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static double lowest(Palette palette) {
        return ColourPair.ALL.stream()
                .filter(pair -> pair.least() > 3)
                .mapToDouble(pair -> Math.min(pair.ratio(palette, false), pair.ratio(palette, true)))
                .min()
                .orElse(21);
    }
}
