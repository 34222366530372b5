package fr.tambour.notice;

import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A notice as the people who work on it see it.
 *
 * @param exerciseSince since when an exercise is being written; absent: it is none. Nothing changes that
 * @param standing where it stands
 * @param legal what may be done to it there, whoever asks
 * @param latestRevision the highest number given so far, 0 before the first submission
 * @param title in the town's first language: the public revision's, before a first publication the draft's; may be empty, but
 *     of an exercise, which says in it that it is one
 * @param internalNote for colleagues; never public, not covered by approval
 * @param due when it will be published, while it is scheduled
 * @param contributors who changed it since the last published revision
 * @param published what the public sees, if it ever saw anything
 * @param thrownAway what was last submitted, of a notice without draft that never came out
 */
public record StaffNotice(
        NoticeId id,
        TownId town,
        Kind kind,
        @Nullable Instant exerciseSince,
        Lifecycle.Standing standing,
        Set<Action> legal,
        int latestRevision,
        String title,
        String internalNote,
        PersonId createdBy,
        Instant createdAt,
        @Nullable Instant due,
        Set<PersonId> contributors,
        Optional<Draft> draft,
        Optional<PublishedNotice> published,
        Optional<Content> thrownAway) {

    /** Whether it is an exercise of an alert. */
    public boolean exercise() {
        return exerciseSince != null;
    }

    /** The content to look at: the draft's, else what is public, else what was last submitted before it was thrown away. */
    public Content content() {
        return draft.map(Draft::content)
                .or(() -> published.map(PublishedNotice::content))
                .or(() -> thrownAway)
                .orElseThrow();
    }

    /**
     * The working draft.
     *
     * @param version counts every change, also of its state; a save must name the one it started from
     * @param reason why the correction is made, shown to the public; empty before a first publication
     * @param revision its number, while it is submitted or approved
     * @param submittedBy who submitted it last, even if it was taken back since
     * @param approvedBy who approved it, while it is approved
     */
    public record Draft(
            DraftState state,
            long version,
            Content content,
            String reason,
            @Nullable Integer revision,
            Instant updatedAt,
            PersonId updatedBy,
            @Nullable PersonId submittedBy,
            @Nullable PersonId approvedBy,
            @Nullable Instant approvedAt) {}

    /**
     * One step of its history.
     *
     * @param person absent where the clock did it
     * @param reached where the notice stood after it
     * @param revision the one that it was about, 0 for none
     * @param reason what was said with it; may be empty
     */
    public record HistoryEntry(
            Instant at,
            Optional<PersonId> person,
            Action action,
            Lifecycle.Standing reached,
            int revision,
            String reason) {}

    /**
     * A frozen revision.
     *
     * @param renditions every channel and language
     * @param hash SHA-256, hex, over all that approval covers
     * @param reason why the correction was made; empty for a first publication
     * @param publishedAt when it became public, if it did
     */
    public record Revision(
            int number,
            Content content,
            List<Rendition> renditions,
            String hash,
            String reason,
            Instant submittedAt,
            PersonId submittedBy,
            @Nullable Instant publishedAt) {}
}
