package fr.tambour.phone.site;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A town's name as large as it fits into the head of a poster.
 *
 * @param size the class that its style sheet knows
 * @param lines one, or two that are about as long as each other
 */
public record PosterName(String size, List<String> lines) {

    /** Characters to a line, in the faces' usual widths. */
    private static final int LARGE = 28;

    private static final int MIDDLE = 35;
    private static final int SMALL = 44;

    public PosterName {
        lines = List.copyOf(lines);
    }

    static PosterName of(String town) {
        String name = spelt(town);
        if (name.length() <= LARGE) {
            return new PosterName("large", List.of(name));
        }
        List<String> lines = halves(name);
        int longest = lines.stream().mapToInt(String::length).max().orElseThrow();
        return new PosterName(longest <= MIDDLE ? "middle" : longest <= SMALL ? "small" : "smallest", lines);
    }

    /** Letters that the faces do not have without what is above or below them: « Fa’a’ā » as « Fa’a’a ». */
    private static String spelt(String town) {
        return town.replace('\u02bb', '’')
                .codePoints()
                .mapToObj(Character::toString)
                .map(letter -> letter.codePointAt(0) <= 0xff
                        ? letter
                        : Normalizer.normalize(letter, Normalizer.Form.NFD).replaceAll("\\p{M}", ""))
                .collect(Collectors.joining());
    }

    private static List<String> halves(String name) {
        int middle = IntStream.range(1, name.length())
                .filter(at -> name.charAt(at - 1) == ' ' || name.charAt(at - 1) == '-')
                .boxed()
                .min((one, other) -> Integer.compare(off(one, name), off(other, name)))
                .orElse(name.length());
        return middle == name.length() ? List.of(name) : List.of(name.substring(0, middle), name.substring(middle));
    }

    private static int off(int at, String name) {
        return Math.abs(2 * at - name.length());
    }
}
