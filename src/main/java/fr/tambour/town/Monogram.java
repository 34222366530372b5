package fr.tambour.town;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The letters that stand for a town where there is room for two. */
public final class Monogram {

    private static final Set<String> SMALL_WORDS = Set.of(
            "le",
            "la",
            "les",
            "l",
            "de",
            "du",
            "des",
            "d",
            "en",
            "et",
            "sur",
            "sous",
            "lès",
            "lez",
            "aux",
            "au",
            "à",
            "près",
            "devant",
            "communauté",
            "communes",
            "agglomération");

    private Monogram() {}

    /** « CO » of Clairval-sur-Orge, « R » of La Rochelle: small words do not count. */
    public static String of(String name) {
        List<String> letters = new ArrayList<>();
        for (String word : name.split("[\\s\\-'’.,()/]+")) {
            if (!word.isEmpty()
                    && Character.isLetter(word.codePointAt(0))
                    && !SMALL_WORDS.contains(word.toLowerCase(Locale.FRENCH))) {
                letters.add(word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.FRENCH));
            }
        }
        if (letters.isEmpty()) {
            return name.codePoints()
                    .filter(Character::isLetter)
                    .mapToObj(Character::toString)
                    .findFirst()
                    .orElse("T")
                    .toUpperCase(Locale.FRENCH);
        }
        return letters.size() == 1 ? letters.getFirst() : letters.getFirst() + letters.getLast();
    }
}
