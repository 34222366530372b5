package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The desk's door: each step is one transaction, whoever of those behind it does the work. */
@Service
@Transactional
class TransactionalDesk implements NoticeDesk {

    private final Drafting drafting;
    private final Submitting submitting;
    private final Approving approving;
    private final Releasing releasing;
    private final Correcting correcting;
    private final Alerts alerts;

    TransactionalDesk(
            Drafting drafting,
            Submitting submitting,
            Approving approving,
            Releasing releasing,
            Correcting correcting,
            Alerts alerts) {
        this.drafting = drafting;
        this.submitting = submitting;
        this.approving = approving;
        this.releasing = releasing;
        this.correcting = correcting;
        this.alerts = alerts;
    }

    @Override
    public Saved create(Actor actor, Kind kind) {
        return drafting.create(actor, kind);
    }

    @Override
    public Saved create(Actor actor, Content content) {
        return drafting.create(actor, content);
    }

    @Override
    public Saved create(Actor actor, Content content, String internalNote) {
        return drafting.create(actor, content, internalNote);
    }

    @Override
    public Saved createExercise(Actor actor, Content content, String internalNote) {
        return drafting.createExercise(actor, content, internalNote);
    }

    @Override
    public Saved save(Actor actor, NoticeId id, long version, Content content, String reason) {
        return drafting.save(actor, id, version, content, reason, Optional.empty());
    }

    @Override
    public Saved save(Actor actor, NoticeId id, long version, Content content, String reason, String internalNote) {
        return drafting.save(actor, id, version, content, reason, Optional.of(internalNote));
    }

    @Override
    public void note(Actor actor, NoticeId id, String internalNote) {
        drafting.note(actor, id, internalNote);
    }

    @Override
    public int submit(Actor actor, NoticeId id, long version, String comment) {
        return submitting.submit(actor, id, version, comment);
    }

    @Override
    public void takeBack(Actor actor, NoticeId id, String comment) {
        submitting.takeBack(actor, id, comment);
    }

    @Override
    public void askChanges(Actor actor, NoticeId id, int revision, String comment) {
        approving.askChanges(actor, id, revision, comment);
    }

    @Override
    public void approve(Actor actor, NoticeId id, int revision, String comment, Release release) {
        releasing.release(actor, approving.approve(actor, id, revision, comment), release);
    }

    @Override
    public void release(Actor actor, NoticeId id, Release release) {
        releasing.release(actor, id, release);
    }

    @Override
    public void unschedule(Actor actor, NoticeId id, String comment) {
        releasing.unschedule(actor, id, comment);
    }

    @Override
    public Saved correct(Actor actor, NoticeId id) {
        return correcting.correct(actor, id);
    }

    @Override
    public void prolong(Actor actor, NoticeId id, WallTime until, String reason) {
        correcting.prolong(actor, id, until, reason);
    }

    @Override
    public void cancelOccurrence(Actor actor, NoticeId id, LocalDate day, String reason) {
        correcting.cancelOccurrence(actor, id, day, reason);
    }

    @Override
    public void discard(Actor actor, NoticeId id) {
        drafting.discard(actor, id);
    }

    @Override
    public void withdraw(Actor actor, NoticeId id, String reason) {
        correcting.withdraw(actor, id, reason);
    }

    @Override
    public void releaseEmergency(Actor actor, NoticeId id, Content content) {
        alerts.release(actor, id, content, null);
    }

    @Override
    public void releaseExercise(Actor actor, NoticeId id, Content content, Instant since) {
        alerts.release(actor, id, content, since);
    }

    @Override
    public void correctEmergency(Actor actor, NoticeId id, int revision, Content content, String reason) {
        alerts.correct(actor, id, revision, content, reason);
    }
}
