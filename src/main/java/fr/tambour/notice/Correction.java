package fr.tambour.notice;

import java.time.Instant;
import java.util.List;

/**
 * A public change to a published notice.
 *
 * @param revision the revision that brought it
 * @param at when it was published
 * @param reason why, in the words shown to the public
 * @param changes what changed of what readers see, fact by fact
 */
public record Correction(int revision, Instant at, String reason, List<Change> changes) {

    public Correction {
        changes = List.copyOf(changes);
    }

    /**
     * One fact, before and after.
     *
     * @param field {@code title}, {@code summary}, {@code event.start}, {@code until} …; {@code CHANNEL.title} where it is
     *     said otherwise over one channel
     * @param language BCP 47 for texts, empty for facts
     * @param before as stored: text, or ISO 8601 for times, with an offset where the town's clock shows that time twice;
     *     empty: it was not said
     * @param after likewise; both are empty where a page shows rather than tells the difference: {@code body}, {@code
     *     pictures}, {@code districts}, {@code themes}, {@code event.all-day}
     */
    public record Change(String field, String language, String before, String after) {}
}
