package fr.tambour.notice.studio;

import fr.tambour.ui.Icon;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All notices, filtered.
 *
 * @param states what can be filtered by, {@code ""} first: all
 * @param next address of the older page
 * @param first address of the first page, on a later one
 */
public record NoticesPage(
        List<Row> rows,
        List<EditorPage.Option> states,
        List<EditorPage.Option> kinds,
        String text,
        boolean filtered,
        boolean mayWrite,
        boolean mayAlert,
        @Nullable String next,
        @Nullable String first) {

    public record Row(
            String href,
            String kind,
            Icon icon,
            boolean emergency,
            String title,
            String state,
            String look,
            String sub,
            String when,
            String initials,
            String who) {}
}
