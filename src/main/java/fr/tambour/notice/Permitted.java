package fr.tambour.notice;

import fr.tambour.people.Actor;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What somebody may do to a notice now: possible where it stands, theirs by right, and by the town's policy. */
@Component
public class Permitted {

    private final ApprovalPolicies policies;

    Permitted(ApprovalPolicies policies) {
        this.policies = policies;
    }

    /** What only the clock does is not in it. A step may still be told what is wanting: a reason, a time ahead. */
    public Set<Action> of(Actor actor, StaffNotice notice) {
        Set<Action> permitted = EnumSet.noneOf(Action.class);
        notice.legal().stream().filter(action -> may(actor, notice, action)).forEach(permitted::add);
        return permitted;
    }

    /** Whether four eyes ask for somebody else's, because this person had a hand in what is to be approved. */
    public boolean ownText(Actor actor, StaffNotice notice) {
        ApprovalPolicy policy = policies.of(notice.town(), notice.content().kind());
        return !policy.allows(notice.contributors().contains(actor.person()));
    }

    private boolean may(Actor actor, StaffNotice notice, Action action) {
        boolean emergency = notice.kind() == Kind.EMERGENCY;
        boolean ofThisKind = !emergency || actor.may(NoticeRights.EMERGENCY);
        return switch (action) {
            case EDIT, SUBMIT, TAKE_BACK, UNSCHEDULE, DISCARD -> actor.may(NoticeRights.WRITE);
            case CORRECT -> emergency ? actor.may(NoticeRights.EMERGENCY) : actor.may(NoticeRights.WRITE);
            case ASK_CHANGES -> actor.may(NoticeRights.APPROVE);
            case APPROVE -> actor.may(NoticeRights.APPROVE) && ofThisKind && !ownText(actor, notice);
            case SCHEDULE, PUBLISH -> actor.may(NoticeRights.PUBLISH) && ofThisKind;
            case WITHDRAW -> actor.may(emergency ? NoticeRights.EMERGENCY : NoticeRights.WITHDRAW);
            case AMEND, MISS, EXPIRE -> false;
        };
    }
}
