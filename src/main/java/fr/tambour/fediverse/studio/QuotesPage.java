package fr.tambour.fediverse.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who quotes notices with the town's leave.
 *
 * @param done what was done just now, in words; or null
 * @param problem why something was not done, in words; or null
 * @param about the title of the notice whose quotes these are; null: of any
 * @param sum how many there are, in one sentence
 * @param mayRevoke whether whoever looks may take leave back
 * @param newer path of the page before, or null
 */
public record QuotesPage(
        @Nullable String done,
        @Nullable String problem,
        @Nullable String about,
        String sum,
        List<Line> quotes,
        boolean mayRevoke,
        @Nullable String newer,
        @Nullable String older) {

    /**
     * A post that quotes a notice.
     *
     * @param who wrote it, as people call them
     * @param post where it stands
     * @param notice its title
     * @param ref the notice's
     * @param since in words
     */
    public record Line(long id, String who, String post, String notice, String ref, String since) {}
}
