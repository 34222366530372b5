package fr.tambour.conversation;

import fr.tambour.notice.NoticeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said to the town, or about one of its notices, as a channel brings it.
 *
 * @param channel its name
 * @param name what it is known by there
 * @param words as they may be shown
 * @param attachments addresses of pictures and files, which are not fetched
 * @param language BCP 47 tag, or empty
 * @param link where people read it
 * @param open whether everybody may read it there; else it is for the town alone
 * @param notice what it is about; null where only {@code repliesTo} tells
 * @param repliesTo the name of what it answers, or empty
 * @param changedAt when its author last changed it, by their clock; null where nobody says
 */
public record Remark(
        String channel,
        String name,
        Author author,
        Wording words,
        List<String> attachments,
        String language,
        String link,
        boolean open,
        @Nullable NoticeId notice,
        String repliesTo,
        Instant writtenAt,
        @Nullable Instant changedAt) {

    public Remark {
        attachments = List.copyOf(attachments);
    }

    /**
     * As it was first written.
     *
     * @param html as it came
     */
    public Remark(
            String channel,
            String name,
            Author author,
            String html,
            List<String> attachments,
            String language,
            String link,
            boolean open,
            @Nullable NoticeId notice,
            String repliesTo,
            Instant writtenAt) {
        this(
                channel,
                name,
                author,
                Wording.of(html),
                attachments,
                language,
                link,
                open,
                notice,
                repliesTo,
                writtenAt,
                null);
    }

    /** The same, about this. */
    public Remark about(@Nullable NoticeId which) {
        return new Remark(
                channel,
                name,
                author,
                words,
                attachments,
                language,
                link,
                open,
                which,
                repliesTo,
                writtenAt,
                changedAt);
    }
}
