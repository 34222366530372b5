package fr.tambour.feed.internal;

import fr.tambour.town.Town;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feed before it takes a format.
 *
 * @param id stable for good, an absolute address
 * @param title of the feed
 * @param home the page it belongs to, absolute
 * @param self its own address without suffix, absolute
 * @param language BCP 47
 * @param updated when anything in it last changed
 * @param gone withdrawn notices, for formats that can say so
 */
public record Feed(
        Town town,
        String id,
        String title,
        String description,
        String home,
        String self,
        String language,
        Instant updated,
        List<Entry> entries,
        List<Gone> gone) {

    /**
     * One notice.
     *
     * @param id stable over revisions and titles: its permalink without the title
     * @param url its page
     * @param html body with absolute addresses, corrections first
     * @param language of the text
     * @param categories kind, themes and districts, in words
     * @param picture its lead picture
     */
    public record Entry(
            String id,
            String url,
            String title,
            String summary,
            String html,
            String language,
            Instant published,
            Instant updated,
            List<String> categories,
            @Nullable Picture picture) {}

    /**
     * @param url absolute
     * @param bytes its length, 0 where unknown
     */
    public record Picture(String url, String mediaType, long bytes, String alternative) {}

    /** @param id that of the entry that was there */
    public record Gone(String id, Instant at, String reason) {}
}
