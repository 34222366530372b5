package fr.tambour.conversation.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is kept out.
 *
 * @param named what is looked for in their names; empty: all
 * @param lists that were taken over, the last first
 * @param done what was done just now, in a sentence, or null
 * @param problem why it was not done, or null
 * @param newer path of the page before, or null
 */
public record BlocksPage(
        String named,
        List<Blocked> blocks,
        List<Listed> lists,
        @Nullable String done,
        @Nullable String problem,
        @Nullable String newer,
        @Nullable String older) {

    /**
     * @param title what the file was called
     * @param state what became of it, in a sentence
     */
    public record Listed(String title, String state, String href) {}

    /** @param remark why, where a list says so; else empty */
    public record Blocked(long id, String name, String what, String when, String remark) {}
}
