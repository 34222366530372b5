package fr.tambour.feed.internal;

import fr.tambour.town.Town;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A feed before it takes a format.
 *
 * @param id stable for good, an absolute address, though not always one that leads somewhere
 * @param title of the feed
 * @param home the page it belongs to, absolute
 * @param self its own address without suffix, absolute
 * @param language BCP 47
 * @param updated when anything in it last changed
 * @param gone notices that left it, withdrawn or corrected away from it
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
     * @param id stable over revisions, titles and the town's addresses
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

    /**
     * A notice that is no longer here. Nothing of its text is, its title and the address made of it neither.
     *
     * @param id that of the entry that was there
     * @param url its page, which says more
     * @param title that a notice is gone
     * @param reason why
     * @param language of title and reason
     * @param published when it first came
     * @param at when it left
     */
    public record Gone(
            String id, String url, String title, String reason, String language, Instant published, Instant at) {

        /** An entry in the old one's place, for formats that have no word for what is gone. */
        Entry entry() {
            return new Entry(
                    id,
                    url,
                    title,
                    reason,
                    "<p>" + HtmlUtils.htmlEscape(reason, "UTF-8") + "</p>\n",
                    language,
                    published,
                    at,
                    List.of(),
                    null);
        }
    }

    /** What is here and what has left, as entries, the last change first. */
    List<Entry> told() {
        return Stream.concat(entries.stream(), gone.stream().map(Gone::entry))
                .sorted(Comparator.comparing(Entry::updated).reversed())
                .toList();
    }
}
