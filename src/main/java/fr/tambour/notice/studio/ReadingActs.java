package fr.tambour.notice.studio;

import fr.tambour.notice.Action;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What whoever is reading a notice may do to it: legal where it stands, and theirs by right and by the town's policy. */
@Component
class ReadingActs {

    /** Days that can be cancelled one by one; a daily event of two years has more than anyone wants in a list. */
    private static final int MOST_OCCURRENCES = 60;

    private final ApprovalPolicies policies;
    private final Names names;
    private final Clock clock;

    ReadingActs(ApprovalPolicies policies, Names names, Clock clock) {
        this.policies = policies;
        this.names = names;
        this.clock = clock;
    }

    ReadingPage.Acts of(Here here, StaffNotice notice, Content content) {
        Actor actor = here.actor();
        Set<Action> legal = notice.legal();
        boolean own = notice.contributors().contains(actor.person())
                && policies.of(here.town().id(), content.kind()) == ApprovalPolicy.FOUR_EYES;
        boolean emergency = notice.kind() == Kind.EMERGENCY;
        boolean ofThisKind = !emergency || actor.may(NoticeRights.EMERGENCY);
        boolean approve = legal.contains(Action.APPROVE) && actor.may(NoticeRights.APPROVE) && ofThisKind;
        boolean write = actor.may(NoticeRights.WRITE);
        boolean publish = actor.may(NoticeRights.PUBLISH) && ofThisKind;
        DraftState draft = notice.standing().draft();
        return new ReadingPage.Acts(
                approve && !own,
                approve && own,
                draft == DraftState.SUBMITTED && legal.contains(Action.ASK_CHANGES) && actor.may(NoticeRights.APPROVE),
                legal.contains(Action.TAKE_BACK) && write,
                draft == DraftState.APPROVED && legal.contains(Action.EDIT) && write,
                draft == DraftState.APPROVED && legal.contains(Action.PUBLISH) && publish,
                legal.contains(Action.SCHEDULE) && publish,
                legal.contains(Action.UNSCHEDULE) && write,
                legal.contains(Action.CORRECT) && write && !emergency,
                legal.contains(Action.EDIT) && draft != DraftState.APPROVED && write,
                legal.contains(Action.WITHDRAW)
                        && actor.may(emergency ? NoticeRights.EMERGENCY : NoticeRights.WITHDRAW),
                legal.contains(Action.CORRECT) && emergency && actor.may(NoticeRights.EMERGENCY),
                legal.contains(Action.DISCARD) && write,
                wished(here, content),
                legal.contains(Action.CORRECT) && write ? occurrences(here, notice, content) : List.of(),
                notice.draft().map(StaffNotice.Draft::version).orElse(0L));
    }

    private String wished(Here here, Content content) {
        WallTime wished = content.wished();
        Instant now = clock.instant();
        return wished != null && wished.instant(here.town().zone()).isAfter(now)
                ? names.facts(here.town(), here.words()).moment(wished)
                : "";
    }

    private List<Aside.Choice> occurrences(Here here, StaffNotice notice, Content content) {
        if (content.event() == null
                || content.event().repeat() == null
                || notice.standing().publicState() != PublicState.PUBLISHED) {
            return List.of();
        }
        Instant now = clock.instant();
        return Occurrences.of(content.event(), here.town().zone()).stream()
                .filter(occurrence -> occurrence.start().isAfter(now))
                .map(occurrence ->
                        LocalDate.ofInstant(occurrence.start(), here.town().zone()))
                .limit(MOST_OCCURRENCES)
                .map(day -> new Aside.Choice(day.toString(), here.words().fullDay(day)))
                .toList();
    }
}
