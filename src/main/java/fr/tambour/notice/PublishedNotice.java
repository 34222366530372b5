package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the public may know of a notice.
 *
 * @param exercise whether it is an exercise of an alert, which stands on its own page and in no list
 * @param revision the number of the revision shown
 * @param slug readable end of its address, from the title
 * @param firstPublishedAt when its first revision came out
 * @param publishedAt when this revision came out
 * @param changedAt when anything public last changed, withdrawal and end included
 * @param until its end, exclusive
 * @param sequence how many revisions came out since the first one, and one for its withdrawal (RFC 5545 SEQUENCE)
 * @param renditions of this revision, every channel and language
 * @param corrections newest first
 */
public record PublishedNotice(
        NoticeId id,
        TownId town,
        Kind kind,
        boolean exercise,
        PublicState state,
        int revision,
        String slug,
        Instant firstPublishedAt,
        Instant publishedAt,
        Instant changedAt,
        Instant until,
        int sequence,
        Content content,
        List<Rendition> renditions,
        List<Correction> corrections,
        Optional<Withdrawal> withdrawal) {

    /** How {@code channel} shows it in {@code language}, else in {@code first}, the town's first language. */
    public Optional<Rendition> rendition(String channel, String language, String first) {
        return find(channel, language).or(() -> find(channel, first));
    }

    private Optional<Rendition> find(String channel, String language) {
        return renditions.stream()
                .filter(r -> r.channel().equals(channel) && r.language().equals(language))
                .findFirst();
    }

    /** Whether it is over at {@code now}; exact, whether or not the timer has passed. */
    public boolean overAt(Instant now) {
        return state == PublicState.EXPIRED || !now.isBefore(until);
    }
}
