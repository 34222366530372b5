package fr.tambour.notice;

import fr.tambour.people.Actor;
import java.time.Instant;
import java.time.LocalDate;

/**
 * All that a person or a program may do to a notice. The studio and the API call the same methods under the same rules.
 *
 * <p>Every method is one transaction: it happens whole, with its history and its audit entry, or not at all. Refusals:
 * {@code notice.unknown} (404), {@code notice.illegal-step} (409: not possible where the notice stands),
 * {@code notice.conflict} (409: somebody else was faster), {@code notice.incomplete} (422: findings block),
 * {@code notice.four-eyes} (403), {@code people.right-missing} (403).
 */
public interface NoticeDesk {

    /** A save that went through. */
    record Saved(NoticeId id, long version, Instant at) {}

    /** When an approved notice is to come out. */
    sealed interface Release {
        /** At once. */
        record Now() implements Release {}

        /** At a given time of the town's clock. */
        record At(WallTime time) implements Release {}

        /** As its author wished if that is still ahead; without a wish, not yet. */
        record AsWished() implements Release {}

        /** It stays approved. */
        record Later() implements Release {}
    }

    /** Begins a notice. */
    Saved create(Actor actor, Kind kind);

    /** Begins a notice with this content; whatever is missing may be added later. */
    Saved create(Actor actor, Content content);

    /** The same with an internal note. */
    Saved create(Actor actor, Content content, String internalNote);

    /**
     * Saves the working draft. Taking an approved draft up again voids the approval.
     *
     * @param version of the draft that the change started from
     * @param reason why a correction is made, in words for the public; ignored before a first publication
     */
    Saved save(Actor actor, NoticeId id, long version, Content content, String reason);

    /** The same with the internal note: both are saved, or neither. */
    Saved save(Actor actor, NoticeId id, long version, Content content, String reason, String internalNote);

    /**
     * Changes the internal note, which is not part of what is approved. The draft's version counts on, so that whoever has
     * the note open is told.
     */
    void note(Actor actor, NoticeId id, String internalNote);

    /**
     * Freezes the draft as a revision and asks for approval.
     *
     * @param version of the draft that the person saw
     * @param comment for the approver, may be empty
     * @return the revision's number
     */
    int submit(Actor actor, NoticeId id, long version, String comment);

    /** Takes a submitted draft back. */
    void takeBack(Actor actor, NoticeId id, String comment);

    /** Asks for a change; {@code comment} says which and must not be empty. */
    void askChanges(Actor actor, NoticeId id, int revision, String comment);

    /**
     * Approves a revision and releases it.
     *
     * @param revision the one the approver read; a newer one is a conflict
     */
    void approve(Actor actor, NoticeId id, int revision, String comment, Release release);

    /** Releases an approved notice: now or at a time. */
    void release(Actor actor, NoticeId id, Release release);

    /** Takes a notice off the schedule, to be edited; its time is kept as a wish. */
    void unschedule(Actor actor, NoticeId id, String comment);

    /** Begins a correction of what is published. */
    Saved correct(Actor actor, NoticeId id);

    /**
     * Begins a correction that moves the end of what is published. An emergency's goes out at once, under its own right.
     *
     * @param until the new end, exclusive, later than the present one ({@code notice.not-longer}, 422)
     * @param reason in words for the public; may be empty until it is submitted, but not for an emergency
     */
    void prolong(Actor actor, NoticeId id, WallTime until, String reason);

    /**
     * Begins a correction that calls one day of a repeated event off.
     *
     * @param day on which it would have begun ({@code notice.no-such-occurrence}, 422)
     * @param reason in words for the public; may be empty until it is submitted
     */
    void cancelOccurrence(Actor actor, NoticeId id, LocalDate day, String reason);

    /** Throws the working draft away; a notice that was never submitted nor published is gone with it. */
    void discard(Actor actor, NoticeId id);

    /** Takes back what is published; {@code reason} is shown to the public and must not be empty. */
    void withdraw(Actor actor, NoticeId id, String reason);

    /**
     * Writes, approves and publishes an emergency in one step by one authorised person.
     *
     * @param id chosen beforehand: an alert must not go out twice, and the same person releasing the same words under the
     *     same id again has released them once; other words, or an alert that no longer stands, are refused ({@code
     *     notice.alert-already-left}, 409)
     */
    void releaseEmergency(Actor actor, NoticeId id, Content content);

    /**
     * Corrects a standing or expired emergency in one step under the same right. Content without an end leaves the end
     * that it has.
     *
     * @param revision the public one that the change started from; a newer one is a conflict
     * @param reason shown to the public
     */
    void correctEmergency(Actor actor, NoticeId id, int revision, Content content, String reason);
}
