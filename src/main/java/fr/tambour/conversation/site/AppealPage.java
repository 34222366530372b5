package fr.tambour.conversation.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was hidden and why, and contesting it.
 *
 * @param facts what its author is told of it
 * @param link where their message stands, or null
 * @param standing what came of it so far, in sentences; empty while it may be contested
 * @param form where to contest it, or null
 * @param until when it is too late, in a sentence
 * @param text what was typed
 * @param problem why it was not taken, or null
 */
public record AppealPage(
        List<Fact> facts,
        @Nullable String link,
        List<String> standing,
        @Nullable String form,
        String until,
        int most,
        String text,
        @Nullable String problem) {

    public record Fact(String label, String text) {}
}
