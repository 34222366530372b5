package fr.tambour.text;

import java.util.regex.Pattern;

/** The readable end of a permalink. */
public final class Slug {

    /** Long enough for a title, short enough to be pasted into a mail without breaking. */
    public static final int MAX_LENGTH = 80;

    private static final Pattern NOT_WORD = Pattern.compile("[^a-z0-9]+");

    private Slug() {}

    /**
     * Lower-case ASCII letters and digits joined by single hyphens, at most {@value #MAX_LENGTH} characters, cut
     * between words unless that would take away half of them; `-` where nothing in the text can be written so, since a path needs a segment.
     */
    public static String of(String text) {
        // Each grapheme folds to a few characters at most: more input cannot change the result.
        String start = text.length() > 20 * MAX_LENGTH ? text.substring(0, 20 * MAX_LENGTH) : text;
        String slug = strip(NOT_WORD.matcher(Folding.of(start)).replaceAll("-"));
        if (slug.length() > MAX_LENGTH) {
            int cut = slug.lastIndexOf('-', MAX_LENGTH);
            slug = strip(slug.substring(0, cut > MAX_LENGTH / 2 ? cut : MAX_LENGTH));
        }
        return slug.isEmpty() ? "-" : slug;
    }

    private static String strip(String slug) {
        int from = slug.startsWith("-") ? 1 : 0;
        int to = slug.endsWith("-") && slug.length() > from ? slug.length() - 1 : slug.length();
        return slug.substring(from, to);
    }
}
