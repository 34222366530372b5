package fr.tambour.text;

import java.text.BreakIterator;
import java.util.Locale;

/** Counts text as people see it. */
public final class Counting {

    private Counting() {}

    /** How many characters a reader sees: extended grapheme clusters (UAX #29), so that a family emoji is one. */
    public static int graphemes(String text) {
        return graphemesUpTo(text, Integer.MAX_VALUE);
    }

    /** True if the text has more than {@code max} graphemes; stops counting there. */
    public static boolean exceeds(String text, int max) {
        // A grapheme is at least one UTF-16 unit.
        return text.length() > max && graphemesUpTo(text, max + 1) > max;
    }

    /** The first {@code max} graphemes, never cut inside one. */
    public static String firstGraphemes(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        int end = 0;
        for (int count = 0; count < max; count++) {
            int next = graphemes.next();
            if (next == BreakIterator.DONE) {
                return text;
            }
            end = next;
        }
        return text.substring(0, end);
    }

    private static int graphemesUpTo(String text, int max) {
        BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        int count = 0;
        while (count < max && graphemes.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }
}
