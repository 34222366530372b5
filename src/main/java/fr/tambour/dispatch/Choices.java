package fr.tambour.dispatch;

import fr.tambour.notice.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader chose to be told of. Nothing chosen in a dimension is all of it.
 *
 * @param kinds of which natures; emergencies come anyway
 * @param themes by their ids
 * @param districts by their ids
 * @param quiet when not to be disturbed but by emergencies; null for never
 * @param language BCP 47: picks the words, excludes nothing
 * @param exercises whether they agreed to be told of exercises
 */
public record Choices(
        Set<Kind> kinds,
        Set<Long> themes,
        Set<Long> districts,
        @Nullable QuietHours quiet,
        String language,
        boolean exercises) {

    public Choices {
        kinds = Set.copyOf(kinds);
        themes = Set.copyOf(themes);
        districts = Set.copyOf(districts);
    }

    /**
     * From one full hour to another by the town's clock, over midnight where the first is later.
     *
     * @param from 0 to 23, inclusive
     * @param until 0 to 23, exclusive, not the same
     */
    public record QuietHours(int from, int until) {

        public QuietHours {
            if (from < 0 || from > 23 || until < 0 || until > 23 || from == until) {
                throw new IllegalArgumentException("Quiet hours are two different hours of the day");
            }
        }

        public boolean covers(int hour) {
            return from < until ? from <= hour && hour < until : hour >= from || hour < until;
        }
    }
}
