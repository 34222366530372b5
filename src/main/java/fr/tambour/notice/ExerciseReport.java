package fr.tambour.notice;

import fr.tambour.notice.Carriage.Way;
import fr.tambour.notice.StaffNotice.HistoryEntry;
import fr.tambour.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an exercise took from the first word to the last phone. Nothing of it is stored: it is read from the notice, its
 * history and its account, which are kept for good.
 *
 * @param begun when somebody began to write it
 * @param submitted what led to its release; absent as long as that has not happened, the same for the next two
 * @param released when it first came out
 * @param withdrawn when it was called off, if it was
 * @param ways one for each channel; none before its release
 */
public record ExerciseReport(
        NoticeId notice,
        String title,
        Step begun,
        Optional<Step> submitted,
        Optional<Step> approved,
        Optional<Step> released,
        Optional<Step> withdrawn,
        List<Way> ways) {

    public ExerciseReport {
        ways = List.copyOf(ways);
    }

    /** @param person absent where the clock did it */
    public record Step(Instant at, Optional<PersonId> person) {

        static Step of(HistoryEntry entry) {
            return new Step(entry.at(), entry.person());
        }
    }

    /**
     * @param history its steps, the oldest first
     * @return empty where the notice is no exercise
     */
    public static Optional<ExerciseReport> of(StaffNotice notice, List<HistoryEntry> history, List<Way> ways) {
        Instant since = notice.exerciseSince();
        if (since == null) {
            return Optional.empty();
        }
        HistoryEntry submitted = null;
        HistoryEntry approved = null;
        HistoryEntry released = null;
        HistoryEntry withdrawn = null;
        for (HistoryEntry entry : history) {
            if (entry.action() == Action.WITHDRAW) {
                withdrawn = entry;
            }
            if (released == null) {
                switch (entry.action()) {
                    case SUBMIT -> {
                        submitted = entry;
                        approved = null;
                    }
                    case APPROVE -> approved = entry;
                    case PUBLISH -> released = entry;
                    default -> {}
                }
            }
        }
        return Optional.of(new ExerciseReport(
                notice.id(),
                notice.title(),
                new Step(since, Optional.of(notice.createdBy())),
                step(submitted),
                step(approved),
                step(released),
                step(withdrawn),
                ways));
    }

    private static Optional<Step> step(@Nullable HistoryEntry entry) {
        return Optional.ofNullable(entry).map(Step::of);
    }

    /** From the beginning of writing to the release. */
    public Optional<Duration> toRelease() {
        return released.map(step -> Duration.between(begun.at(), step.at()));
    }

    /** From the beginning of writing until half of those who accepted over this channel had it. */
    public Optional<Duration> toMedian(Way way) {
        return Optional.ofNullable(way.median())
                .map(median -> Duration.between(begun.at(), way.began()).plus(median));
    }
}
