package fr.tambour.website.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was published in one month, ended notices included.
 *
 * @param first whether these are the newest of the month
 * @param older address of the next page, or null
 * @param earlier the last month before that has notices, or null
 * @param later the next month that has notices, or null
 */
public record ArchivePage(
        String title,
        List<Entry> entries,
        boolean first,
        @Nullable String older,
        AgendaPage.@Nullable Link earlier,
        AgendaPage.@Nullable Link later) {

    /** @param over « terminé », or null while it stands */
    public record Entry(Card card, String day, @Nullable String over) {}
}
