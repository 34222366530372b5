package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Length;
import fr.tambour.text.Counting;

/** What a notice is called in lists and addresses. */
final class Titles {

    private Titles() {}

    /** Its title; an emergency released without one is called by its area and instruction. */
    static String of(Content content, String language) {
        Words words = content.in(language);
        if (!words.title().isBlank() || content.kind() != Kind.EMERGENCY || content.emergency() == null) {
            return words.title();
        }
        return first(content.emergency().area() + " : " + words.instruction());
    }

    private static String first(String text) {
        String line = text.lines().findFirst().orElse("");
        return Counting.exceeds(line, Length.TITLE.advised())
                ? Counting.firstGraphemes(line, Length.TITLE.advised() - 1) + "…"
                : line;
    }

    /**
     * An emergency's missing titles and summaries, in every language that says what to do, written into it before it is
     * frozen, so that they are approved too.
     */
    static Content filled(Content content, String first) {
        if (content.kind() != Kind.EMERGENCY) {
            return content;
        }
        Content filled = content;
        for (String language : content.words().keySet()) {
            if (language.equals(first) || !content.in(language).instruction().isBlank()) {
                filled = filled.withWords(language, filledWords(content, language));
            }
        }
        return filled;
    }

    private static Words filledWords(Content content, String language) {
        Words words = content.in(language);
        return new Words(
                of(content, language),
                words.summary().isBlank() ? first(words.instruction()) : words.summary(),
                words.body(),
                words.price(),
                words.accessibility(),
                words.instruction());
    }
}
