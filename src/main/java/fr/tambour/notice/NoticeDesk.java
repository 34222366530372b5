package fr.tambour.notice;

import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * All that a person or a program may do to a notice. The studio and the API call the same methods under the same rules.
 *
 * <p>Every method is one transaction: it happens whole, with its history and its audit entry, or not at all. Any of them
 * may be refused with {@code people.right-missing} (403), {@code notice.unknown} (404), {@code notice.illegal-step.ACTION}
 * (409: not possible where the notice stands, see {@link Lifecycle}) or {@code text.too-long} (422); what else a method
 * refuses is said there.
 */
public interface NoticeDesk {

    /**
     * A save that went through.
     *
     * @param version of the draft as it is stored now
     */
    record Saved(NoticeId id, long version, Instant at) {}

    /** When an approved notice is to come out. */
    sealed interface Release {
        /** At once. */
        record Now() implements Release {}

        /** At a given time of the town's clock. */
        record At(WallTime time) implements Release {}

        /** As its author wished if that is still ahead; without a wish, not yet. A correction comes out at once. */
        record AsWished() implements Release {}

        /** It stays approved. */
        record Later() implements Release {}
    }

    /** Begins a notice. */
    Saved create(Actor actor, Kind kind);

    /**
     * Begins a notice with this content; whatever is missing may be added later.
     *
     * @throws Refusal 422 for what no notice may hold: {@code notice.unknown-…} (district, theme, language, picture …),
     *     {@code notice.too-many-pictures}, {@code notice.too-many-exceptions}, {@code notice.year}
     */
    Saved create(Actor actor, Content content);

    /**
     * The same with an internal note.
     *
     * @throws Refusal as for a notice without one
     */
    Saved create(Actor actor, Content content, String internalNote);

    /**
     * Begins an exercise of an alert with an internal note, which may be empty. That it is one never changes, and what is
     * begun otherwise never becomes one: {@link #save} and {@link #correctEmergency} cannot say it.
     *
     * @throws Refusal 422 {@code notice.not-an-emergency}, and as {@link #create(Actor, Content)}
     */
    Saved createExercise(Actor actor, Content content, String internalNote);

    /**
     * Saves the working draft. Taking an approved draft up again voids the approval.
     *
     * @param version of the draft that the change started from
     * @param reason why a correction is made, in words for the public; ignored before a first publication
     * @throws Refusal 409 {@code notice.conflict} where the draft is at another version by now, {@code
     *     notice.kind-is-public} where the kind changes after a publication, {@code notice.exercise-stays} where an exercise
     *     would become anything but an alert's; 422 for content as in {@link
     *     #create(Actor, Content)}
     */
    Saved save(Actor actor, NoticeId id, long version, Content content, String reason);

    /**
     * The same with the internal note: both are saved, or neither.
     *
     * @throws Refusal as without the note
     */
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
     * @throws Incomplete where something is missing, the reason of a correction included
     * @throws Refusal 409 {@code notice.conflict} where the draft is at another version by now
     */
    int submit(Actor actor, NoticeId id, long version, String comment);

    /** Takes a submitted draft back. */
    void takeBack(Actor actor, NoticeId id, String comment);

    /**
     * Asks for a change of what is submitted or approved.
     *
     * @param revision the one the approver read
     * @param comment which change
     * @throws Refusal 409 {@code notice.conflict} where another revision is submitted by now; 422 {@code
     *     notice.reason-missing} where the comment is empty
     */
    void askChanges(Actor actor, NoticeId id, int revision, String comment);

    /**
     * Approves a revision and releases it; if it cannot be released, it is not approved either.
     *
     * @param revision the one the approver read
     * @param comment may be empty
     * @throws Refusal 403 {@code notice.four-eyes} for whoever had a hand in it, by the town's {@link ApprovalPolicy}; 409
     *     {@code notice.conflict} where another revision is submitted by now; and as {@link #release} does
     */
    void approve(Actor actor, NoticeId id, int revision, String comment, Release release);

    /**
     * Releases an approved notice.
     *
     * @throws Refusal 409 {@code notice.not-what-was-approved} where what is stored is not what was approved, {@code
     *     notice.over} where its end has come; 422 {@code notice.time-missing}, {@code notice.time-twice}, {@code
     *     notice.schedule-past} and {@code notice.schedule-after-end} for a time at which it cannot come out
     */
    void release(Actor actor, NoticeId id, Release release);

    /**
     * Takes a notice off the schedule, to be edited; its time is kept as a wish. Who submitted and who approved it are told
     * by mail where a mail server is set.
     */
    void unschedule(Actor actor, NoticeId id, String comment);

    /**
     * Begins a correction of what is published or over.
     *
     * @throws Refusal 409 {@code notice.correct-at-once} for an emergency: see {@link #correctEmergency}
     */
    Saved correct(Actor actor, NoticeId id);

    /**
     * Begins a correction that moves the end of what is published or over. An emergency's goes out at once, under its own
     * right.
     *
     * @param until the new end, exclusive
     * @param reason in words for the public; may be empty until it is submitted, but not for an emergency
     * @throws Refusal 422 {@code notice.not-longer} unless it is later than the present end; for an emergency as {@link
     *     #correctEmergency} does
     */
    void prolong(Actor actor, NoticeId id, WallTime until, String reason);

    /**
     * Begins a correction that calls one day of a repeated event off.
     *
     * @param day on which it would have begun
     * @param reason in words for the public; may be empty until it is submitted
     * @throws Refusal 422 {@code notice.no-such-occurrence} where nothing begins on that day
     */
    void cancelOccurrence(Actor actor, NoticeId id, LocalDate day, String reason);

    /** Throws the working draft away; a notice that was never submitted nor published is gone with it. */
    void discard(Actor actor, NoticeId id);

    /**
     * Takes back what is published or over, and throws a correction away that is being prepared.
     *
     * @param reason shown to the public
     * @throws Refusal 422 {@code notice.reason-missing} where it is empty
     */
    void withdraw(Actor actor, NoticeId id, String reason);

    /**
     * Writes, approves and publishes an emergency in one step by one authorised person.
     *
     * @param id chosen beforehand: an alert must not go out twice, and the same person releasing the same words under the
     *     same id again has released them once
     * @throws Incomplete where its instruction, its severity or its area is missing
     * @throws Refusal 409 {@code notice.alert-already-left} for other words under the id of one that left, or where that one
     *     stands no more; 422 {@code notice.not-an-emergency}, and for content as in {@link #create(Actor, Content)}
     */
    void releaseEmergency(Actor actor, NoticeId id, Content content);

    /**
     * The same of an exercise, which goes the whole way to those alone who agreed to exercises.
     *
     * @param since when the person began to write it, for its report
     * @throws Incomplete as for an alert
     * @throws Refusal as for an alert; one that left as an alert does not leave as an exercise, nor the other way round
     */
    void releaseExercise(Actor actor, NoticeId id, Content content, Instant since);

    /**
     * Corrects a standing or expired emergency in one step under the same right. Content without an end leaves the end
     * that it has.
     *
     * @param revision the public one that the change started from
     * @param reason shown to the public
     * @throws Incomplete where something is missing, or the end is more than a day ahead
     * @throws Refusal 409 {@code notice.conflict} where another revision is public by now, {@code
     *     notice.correction-under-way} where an earlier version let one begin step by step; 422 {@code notice.not-an-emergency}, {@code
     *     notice.reason-missing}, and for content as in {@link #create(Actor, Content)}
     */
    void correctEmergency(Actor actor, NoticeId id, int revision, Content content, String reason);
}
