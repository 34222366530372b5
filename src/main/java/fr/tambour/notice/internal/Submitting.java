package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Checks;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.WallTime;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Freezing the working draft as the next revision, and taking it back. */
@Component
class Submitting {

    private final Notices notices;
    private final Drafts drafts;
    private final Revisions revisions;
    private final Steps steps;
    private final Publishing publishing;
    private final Renditions renditions;
    private final Checks checks;
    private final Towns towns;

    Submitting(
            Notices notices,
            Drafts drafts,
            Revisions revisions,
            Steps steps,
            Publishing publishing,
            Renditions renditions,
            Checks checks,
            Towns towns) {
        this.notices = notices;
        this.drafts = drafts;
        this.revisions = revisions;
        this.steps = steps;
        this.publishing = publishing;
        this.renditions = renditions;
        this.checks = checks;
        this.towns = towns;
    }

    int submit(Actor actor, NoticeId id, long version, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.SUBMIT);
        WorkingDraft draft = drafts.of(notice);
        if (draft.version() != version) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
        return freeze(actor, notice, draft.content(), draft.reason(), comment).latestRevision();
    }

    /**
     * @param reason why it is corrected, in words for the public
     * @return the notice with one revision more
     */
    Held freeze(Actor actor, Held notice, Content written, String reason, String comment) {
        Town town = towns.get(actor.town());
        Instant now = steps.now();
        Content content = keepingEnd(notice, town, Titles.filled(written.fitted(), town.language()));
        DraftView view = new DraftView(town, notice.exercise(), content, reason, now, shown(notice, now));
        List<Finding> blocking =
                checks.of(view).stream().filter(Finding::blocks).toList();
        if (!blocking.isEmpty()) {
            throw new Incomplete(blocking);
        }
        int number = notice.latestRevision() + 1;
        revisions.freeze(notice, number, content, renditions.of(view), reason, actor.person(), now);
        notices.submitted(notice, number);
        drafts.submitted(notice, number, actor.person());
        return steps.take(notice, Action.SUBMIT, actor.person(), now, number, Remarks.comment(comment), null);
    }

    /** An alert's day does not begin anew with each correction: whoever does not prolong it leaves its end. */
    private static Content keepingEnd(Held notice, Town town, Content content) {
        return notice.kind() == Kind.EMERGENCY && notice.until() != null && content.until() == null
                ? content.withUntil(WallTime.of(notice.until(), town.zone()))
                : content;
    }

    private Optional<DraftView.Shown> shown(Held notice, Instant now) {
        return Optional.ofNullable(notice.firstPublishedAt())
                .map(first -> new DraftView.Shown(
                        first,
                        notice.until() != null && !now.isBefore(notice.until()),
                        publishing.before(notice).orElseThrow()));
    }

    void takeBack(Actor actor, NoticeId id, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.TAKE_BACK);
        int number = drafts.of(notice).number();
        steps.take(notice, Action.TAKE_BACK, actor.person(), steps.now(), number, Remarks.comment(comment), null);
        drafts.unapproved(notice);
    }
}
