package fr.tambour.conversation.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is kept out.
 *
 * @param named what is looked for in their names; empty: all
 * @param done what came of a list, in a sentence, or null
 * @param problem why it was not taken, or null
 * @param newer path of the page before, or null
 */
public record BlocksPage(
        String named,
        List<Blocked> blocks,
        @Nullable String done,
        @Nullable String problem,
        @Nullable String newer,
        @Nullable String older) {

    /** @param remark why, where a list says so; else empty */
    public record Blocked(long id, String name, String what, String when, String remark) {}
}
