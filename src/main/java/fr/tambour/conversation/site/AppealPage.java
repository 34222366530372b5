package fr.tambour.conversation.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was hidden and why, and contesting it.
 *
 * @param facts what its author is told of it
 * @param link where their message stands, or null
 * @param standing what came of it so far, in sentences; empty while it may be contested
 * @param heading above that
 * @param form where to contest it, or null
 * @param until when it is too late, in a sentence
 * @param text what was typed
 * @param problem why it was not taken, or null
 */
public record AppealPage(
        List<Fact> facts,
        @Nullable String link,
        List<Line> standing,
        String heading,
        @Nullable String form,
        String until,
        int most,
        String text,
        @Nullable String problem) {

    /** @param lang null where it is the page's */
    public record Fact(String label, String text, @Nullable String lang) {}

    /** @param lang null where it is the page's */
    public record Line(String text, @Nullable String lang) {

        static Line of(String text) {
            return new Line(text, null);
        }
    }

    /** What the textarea is described by. */
    public String describedBy() {
        return problem == null ? "texte-hint" : "texte-hint texte-error";
    }
}
