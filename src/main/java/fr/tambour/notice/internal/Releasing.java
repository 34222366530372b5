package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeDesk.Release;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.WallTime;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** When what is approved comes out: now, at a time, or not after all. */
@Component
class Releasing {

    private final Drafts drafts;
    private final Steps steps;
    private final Publishing publishing;
    private final OffSchedule offSchedule;
    private final Towns towns;

    Releasing(Drafts drafts, Steps steps, Publishing publishing, OffSchedule offSchedule, Towns towns) {
        this.drafts = drafts;
        this.steps = steps;
        this.publishing = publishing;
        this.offSchedule = offSchedule;
        this.towns = towns;
    }

    void release(Actor actor, NoticeId id, Release release) {
        release(actor, steps.hold(actor.town(), id), release);
    }

    void release(Actor actor, Held notice, Release release) {
        switch (release) {
            case Release.Later later -> {}
            case Release.Now now -> publish(actor, notice);
            case Release.At at -> schedule(actor, notice, at.time());
            case Release.AsWished wished -> asWished(actor, notice);
        }
    }

    private void asWished(Actor actor, Held notice) {
        Steps.require(notice, Action.PUBLISH);
        if (notice.publicRevision() != null) {
            // A correction goes out at once: what stands meanwhile is known to be wrong.
            publish(actor, notice);
            return;
        }
        WallTime time = drafts.of(notice).content().wished();
        if (time != null && time.instant(zone(notice)).isAfter(steps.now())) {
            schedule(actor, notice, time);
        }
    }

    private void publish(Actor actor, Held notice) {
        require(actor, notice, Action.PUBLISH);
        Revision revision = publishing.approved(notice, drafts.of(notice));
        publishing.publish(notice, revision, actor.person(), steps.now());
    }

    private static void require(Actor actor, Held notice, Action action) {
        actor.require(NoticeRights.PUBLISH);
        Steps.requireRight(actor, notice);
        Steps.require(notice, action);
    }

    private void schedule(Actor actor, Held notice, WallTime time) {
        require(actor, notice, Action.SCHEDULE);
        Instant due = moment(time, zone(notice));
        Instant now = steps.now();
        if (!due.isAfter(now)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.schedule-past");
        }
        Revision revision = publishing.approved(notice, drafts.of(notice));
        if (publishing
                .end(notice, revision.content(), due)
                .filter(end -> end.isAfter(due))
                .isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.schedule-after-end");
        }
        steps.take(notice, Action.SCHEDULE, actor.person(), now, revision.number(), "", due);
    }

    private static Instant moment(WallTime time, ZoneId zone) {
        return switch (time.resolve(zone)) {
            case WallTime.Resolution.Once once -> once.instant();
            case WallTime.Resolution.Missing gap ->
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.time-missing", gap.before(), gap.after());
            case WallTime.Resolution.Twice twice ->
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.time-twice", time.local());
        };
    }

    void unschedule(Actor actor, NoticeId id, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.UNSCHEDULE);
        WorkingDraft draft = drafts.of(notice);
        String reason = Remarks.comment(comment);
        Instant now = steps.now();
        offSchedule.tell(notice, draft, actor.person(), reason);
        keepWish(notice, draft, actor.person(), now);
        steps.take(notice, Action.UNSCHEDULE, actor.person(), now, draft.number(), reason, null);
        drafts.unapproved(notice);
    }

    /** The time at which it was to come out is what its author wishes from now on. */
    private void keepWish(Held notice, WorkingDraft draft, PersonId by, Instant now) {
        Instant due = Objects.requireNonNull(notice.due());
        Content content = draft.content().withWished(WallTime.of(due, zone(notice)));
        drafts.save(notice, draft.version(), content, draft.reason(), by, now);
    }

    private ZoneId zone(Held notice) {
        return towns.get(notice.town()).zone();
    }
}
