package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A notice's own row: where it stands, and what lists, timers and channels ask for. Everything here is called within the
 * caller's transaction.
 */
interface Notices {

    /**
     * A notice as the desk decides upon it, its row locked until the transaction ends.
     *
     * @param exerciseSince since when an exercise is being written; null: it is none
     * @param slug empty before the first publication
     */
    record Held(
            NoticeId id,
            TownId town,
            Kind kind,
            @Nullable Instant exerciseSince,
            Standing standing,
            int latestRevision,
            @Nullable Integer publicRevision,
            String slug,
            int sequence,
            String internalNote,
            PersonId createdBy,
            @Nullable Instant firstPublishedAt,
            @Nullable Instant due,
            @Nullable Instant until) {

        boolean exercise() {
            return exerciseSince != null;
        }

        /** The same after a step about {@code revision}, 0 for none. */
        Held moved(Standing to, int revision, @Nullable Instant at) {
            return new Held(
                    id,
                    town,
                    kind,
                    exerciseSince,
                    to,
                    Math.max(latestRevision, revision),
                    publicRevision,
                    slug,
                    sequence,
                    internalNote,
                    createdBy,
                    firstPublishedAt,
                    at,
                    until);
        }
    }

    /**
     * What one step changes of the row.
     *
     * @param due null where it is not scheduled, or is so no more
     */
    record Move(
            Standing to, PersonId by, Instant at, @Nullable Instant due) {}

    /**
     * The one place that says whether a notice is an exercise.
     *
     * @param exerciseSince since when an exercise is being written; null: it is none
     * @return false where a notice with this id is there already
     */
    boolean create(
            NoticeId id,
            TownId town,
            Content content,
            @Nullable Instant exerciseSince,
            String title,
            PersonId by,
            Instant at);

    Optional<Held> hold(TownId town, NoticeId id);

    void move(Held notice, Move move);

    /** What lists show, and find, of one that was never public: the draft as it is now. */
    void describe(Held notice, Content content, String title);

    void note(Held notice, String internalNote, PersonId by, Instant at);

    /** Removes one that was never submitted nor published, whose draft and history are gone. */
    void forget(Held notice);

    /** It has one revision more. */
    void submitted(Held notice, int number);

    /**
     * Makes a frozen revision the public one.
     *
     * @param starts of an event's first occurrence
     */
    void publish(
            Held notice,
            int revision,
            Content content,
            String title,
            String slug,
            Instant at,
            Instant until,
            @Nullable Instant starts);

    void ended(Held notice, Instant at);

    void withdraw(Held notice, Instant at, String reason);
}
