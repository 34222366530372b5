package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What an approver answers to a submitted revision, by the town's policy for its kind. */
@Component
class Approving {

    private final Drafts drafts;
    private final Revisions revisions;
    private final Steps steps;
    private final ApprovalPolicies policies;

    Approving(Drafts drafts, Revisions revisions, Steps steps, ApprovalPolicies policies) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.steps = steps;
        this.policies = policies;
    }

    void askChanges(Actor actor, NoticeId id, int number, String comment) {
        Held notice = read(actor, id, Action.ASK_CHANGES, number);
        steps.take(notice, Action.ASK_CHANGES, actor.person(), steps.now(), number, Remarks.reason(comment), null);
        drafts.unapproved(notice);
    }

    Held approve(Actor actor, NoticeId id, int number, String comment) {
        return approve(actor, read(actor, id, Action.APPROVE, number), number, comment);
    }

    /** The notice, whose submitted revision is the one that the approver read. */
    private Held read(Actor actor, NoticeId id, Action action, int number) {
        actor.require(NoticeRights.APPROVE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, action);
        if (drafts.of(notice).number() != number) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
        return notice;
    }

    /** Of a revision that was frozen in this transaction, or read. */
    Held approve(Actor actor, Held notice, int number, String comment) {
        Steps.requireRight(actor, notice);
        boolean own = drafts.contributors(notice.town(), notice.id()).contains(actor.person());
        Revision revision = revisions.find(notice.town(), notice.id(), number).orElseThrow();
        ApprovalPolicy policy = policies.of(notice.town(), revision.content().kind());
        if (!policy.allows(own)) {
            throw new Refusal(HttpStatus.FORBIDDEN, "notice.four-eyes");
        }
        Instant now = steps.now();
        String hash = revision.hash();
        Held moved = steps.take(
                notice,
                Action.APPROVE,
                actor.person(),
                now,
                number,
                Remarks.comment(comment),
                null,
                own ? Map.of("alone", "true", "hash", hash) : Map.of("hash", hash));
        drafts.approved(moved, actor.person(), now, hash);
        return moved;
    }
}
