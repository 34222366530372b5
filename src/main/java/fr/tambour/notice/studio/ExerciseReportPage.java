package fr.tambour.notice.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long an exercise took, to be read and printed.
 *
 * @param steps from the first word to the release, and to its end
 * @param toRelease from the first word to the release; absent before it
 * @param ways one for each channel; none before the release
 * @param json the same for programs
 */
public record ExerciseReportPage(
        String ref,
        String title,
        String day,
        List<Step> steps,
        @Nullable String toRelease,
        List<Way> ways,
        String json) {

    /**
     * @param at the hour to the second
     * @param after since the first word; absent for that itself
     * @param who « par Marc Duval », « par l’horloge »
     */
    public record Step(String what, String at, @Nullable String after, String who) {}

    /**
     * @param state how far it is, in a word
     * @param toMedian from the first word until half of them had accepted; absent where nobody has
     */
    public record Way(
            String channel, String state, @Nullable String toMedian, List<Line> counts, List<Line> times) {}

    public record Line(String key, String value) {}
}
