package fr.tambour.conversation.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back, by notice.
 *
 * @param filters by state
 * @param dropped what was not kept, in sentences
 * @param reports what other servers report
 * @param appeals what those contest whose messages were hidden
 * @param newer path of the page before, or null
 */
public record InboxPage(
        List<Filter> filters,
        List<String> dropped,
        List<Reported> reports,
        List<Reported> appeals,
        List<Group> groups,
        @Nullable String newer,
        @Nullable String older,
        boolean filtered) {

    public record Filter(String label, String href, boolean chosen) {}

    /** @param settle where to post that it is done; null where it is, or may not be said */
    public record Reported(
            String heading,
            @Nullable String href,
            String text,
            String when,
            @Nullable String settle) {}

    /**
     * @param heading the notice's title
     * @param href of the notice; null where it is about none
     * @param spread how often it was passed on and liked, or null where it was not
     * @param pace that answers are slowed down or stopped, in a sentence, or null
     * @param more of all that was said about it, where not all of it stands here
     */
    public record Group(
            String heading,
            @Nullable String href,
            @Nullable String spread,
            @Nullable String pace,
            String count,
            List<Row> rows,
            @Nullable String more) {}

    /** @param lang of the excerpt; null where nobody said */
    public record Row(
            String href,
            String who,
            String excerpt,
            @Nullable String lang,
            boolean unread,
            List<Chip> chips,
            String when) {}

    /** @param look of `ui/state` */
    public record Chip(String label, String look) {}
}
