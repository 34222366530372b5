package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole account of a notice, newest first.
 *
 * @param title the notice's
 * @param back to the notice
 * @param json the same for programs
 */
public record BilanPage(Phrase title, String back, String json, List<Carried> dispatches) {

    /**
     * One dispatch.
     *
     * @param what « Rectificatif publié »
     * @param where « Téléphones »
     * @param state how far it is; null where there is nothing to say
     * @param times first, half, nearly all, last; empty where nobody is counted
     * @param counts what became of how many
     */
    public record Carried(
            String what,
            String where,
            String iso,
            String when,
            @Nullable String state,
            List<Line> times,
            List<Line> counts) {}

    /** @param key a few words, {@code value} what is said of them */
    public record Line(String key, String value) {}
}
