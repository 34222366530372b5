package fr.tambour.people.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** « MD » for Maëlle Durand. */
public final class Initials {

    private Initials() {}

    /** Of the first and the last word; empty for an empty name. */
    public static String of(String name) {
        List<String> words = Arrays.stream(name.split("[\\s-]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "";
        }
        String last = words.size() > 1 ? first(words.getLast()) : "";
        return (first(words.getFirst()) + last).toUpperCase(Locale.ROOT);
    }

    private static String first(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }
}
