package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.Correction;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.Rendition;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where notices are kept. Everything here is called within the caller's transaction. */
interface Notices {

    /**
     * A notice as the desk decides upon it, its row locked until the transaction ends.
     *
     * @param slug empty before the first submission
     */
    record Held(
            NoticeId id,
            TownId town,
            Kind kind,
            Standing standing,
            int latestRevision,
            @Nullable Integer publicRevision,
            String slug,
            int sequence,
            PersonId createdBy,
            @Nullable Instant firstPublishedAt,
            @Nullable Instant due,
            @Nullable Instant until) {}

    /** What changes of a notice's own row in one step; null leaves a value as it is, except {@code due}. */
    record Move(
            Standing to, PersonId by, Instant at, @Nullable Instant due) {}

    /** @return false where a notice with this id is there already */
    boolean create(NoticeId id, TownId town, Content content, String title, PersonId by, Instant at);

    Optional<Held> hold(TownId town, NoticeId id);

    void move(Held notice, Move move);

    /** Removes a notice that was never submitted nor published, with all its traces but the audit's. */
    void forget(Held notice);

    /** Saves the draft if it is still at {@code version}. */
    boolean saveDraft(Held notice, long version, Content content, String title, String reason, PersonId by, Instant at);

    void openDraft(Held notice, Content content, PersonId by, Instant at);

    void dropDraft(Held notice);

    void note(Held notice, String internalNote, PersonId by, Instant at);

    /** Counts the draft's version on, if there is a draft. */
    void touchDraft(Held notice);

    void contributed(Held notice, PersonId person);

    Set<PersonId> contributors(TownId town, NoticeId id);

    /** Freezes a revision; its {@link Fingerprint} is taken from the rows that are then there. */
    void freeze(
            Held notice,
            int number,
            Content content,
            List<Rendition> renditions,
            String reason,
            PersonId by,
            Instant at);

    void approved(Held notice, PersonId by, Instant at, String hash);

    /** Forgets that the draft was submitted or approved. */
    void unapproved(Held notice);

    /**
     * Makes a frozen revision the public one.
     *
     * @param starts of an event's first occurrence
     * @param corrected what it corrects, for a correction
     */
    void publish(
            Held notice,
            int revision,
            Content content,
            String title,
            String slug,
            Instant at,
            Instant until,
            @Nullable Instant starts,
            Optional<Correction> corrected);

    void ended(Held notice, Instant at);

    void withdraw(Held notice, Instant at, String reason);

    void history(
            Held notice,
            long entryId,
            PersonId by,
            Instant at,
            Action action,
            Standing reached,
            int revision,
            String reason);

    /** Scheduled and due at {@code now} in towns that are not paused, soonest first. */
    List<Due> due(Instant now, Set<TownId> paused, int limit);

    /** Published and over at {@code now}, soonest first. */
    List<Due> over(Instant now, int limit);

    /** The next moment at which something is due or over. */
    Optional<Instant> nextDue();

    record Due(TownId town, NoticeId id, Instant at) {}
}
