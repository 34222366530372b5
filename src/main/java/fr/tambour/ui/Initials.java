package fr.tambour.ui;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two letters for the round mark of a person: « CR » for Camille Renaudin, « JA » for Jeanne d’Arc. */
public final class Initials {

    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{Pd}]+");
    private static final Pattern ELIDED = Pattern.compile("^[dl]['’](?=.)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LETTER = Pattern.compile("[\\p{L}\\p{N}]\\p{M}*");
    /** What a person sees as one character, an emoji of several code points too. */
    private static final Pattern SIGN = Pattern.compile("\\X");

    private Initials() {}

    /** Of the first and the last word; signs count only where there are no letters. Empty for an empty name. */
    public static String of(String name) {
        List<String> words = BETWEEN.splitAsStream(name)
                .map(word -> ELIDED.matcher(word).replaceFirst(""))
                .filter(word -> !word.isEmpty())
                .toList();
        List<String> spelt =
                words.stream().filter(word -> LETTER.matcher(word).find()).toList();
        return spelt.isEmpty() ? ends(words, SIGN) : ends(spelt, LETTER);
    }

    private static String ends(List<String> words, Pattern letter) {
        if (words.isEmpty()) {
            return "";
        }
        String first = first(words.getFirst(), letter);
        return words.size() == 1 ? first : first + first(words.getLast(), letter);
    }

    private static String first(String word, Pattern letter) {
        Matcher found = letter.matcher(word);
        return found.find() ? found.group().toUpperCase(Locale.ROOT) : "";
    }
}
