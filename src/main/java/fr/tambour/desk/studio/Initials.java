package fr.tambour.desk.studio;

import java.util.Locale;

/** Two letters for the round mark of a person. */
final class Initials {

    private Initials() {}

    static String of(String name) {
        String[] words = name.strip().split("[\\s-]+");
        String first = letter(words[0]);
        return words.length == 1 ? first : first + letter(words[words.length - 1]);
    }

    private static String letter(String word) {
        return word.isEmpty()
                ? ""
                : word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }
}
