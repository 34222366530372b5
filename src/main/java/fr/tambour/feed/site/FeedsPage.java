package fr.tambour.feed.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every feed of the town.
 *
 * @param calendar for programs that subscribe by {@code webcal:}
 */
public record FeedsPage(List<Line> kinds, List<Line> themes, List<Line> districts, String calendar) {

    /**
     * @param path without suffix
     * @param calendar the calendar's path, where there is one
     */
    public record Line(Phrase name, String path, @Nullable String calendar) {}
}
