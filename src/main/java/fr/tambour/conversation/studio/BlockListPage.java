package fr.tambour.conversation.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of whom to keep out.
 *
 * @param title what the file is called
 * @param state what became of it so far, in a sentence
 * @param look of that: "", ok, warn
 * @param facts what it would do
 * @param hint what that leaves out, and what comes of it
 * @param names the first of those whom it keeps out, or would
 * @param more how many others there are, in words; or null
 * @param take what the button says that takes it over or goes on with it; null where there is nothing to be taken over
 * @param lift whether what came by it can be let in again
 * @param forget whether it can be dropped
 */
public record BlockListPage(
        long id,
        String title,
        String state,
        String look,
        List<Fact> facts,
        String hint,
        List<String> names,
        @Nullable String more,
        @Nullable String take,
        boolean lift,
        boolean forget) {

    public record Fact(String label, String value) {}
}
