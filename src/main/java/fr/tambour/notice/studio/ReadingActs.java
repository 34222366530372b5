package fr.tambour.notice.studio;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.Permitted;
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

    private final Permitted permitted;
    private final Names names;
    private final Clock clock;

    ReadingActs(Permitted permitted, Names names, Clock clock) {
        this.permitted = permitted;
        this.names = names;
        this.clock = clock;
    }

    ReadingPage.Acts of(Here here, StaffNotice notice, Content content) {
        Actor actor = here.actor();
        Set<Action> may = permitted.of(actor, notice);
        boolean emergency = notice.kind() == Kind.EMERGENCY;
        boolean ofThisKind = !emergency || actor.may(NoticeRights.EMERGENCY);
        boolean correct = !emergency && may.contains(Action.CORRECT);
        boolean approved = notice.standing().draft() == DraftState.APPROVED;
        return new ReadingPage.Acts(
                may.contains(Action.APPROVE),
                notice.legal().contains(Action.APPROVE)
                        && actor.may(NoticeRights.APPROVE)
                        && ofThisKind
                        && permitted.ownText(actor, notice),
                !approved && may.contains(Action.ASK_CHANGES),
                may.contains(Action.TAKE_BACK),
                approved && may.contains(Action.EDIT),
                approved && may.contains(Action.PUBLISH),
                may.contains(Action.SCHEDULE),
                may.contains(Action.UNSCHEDULE),
                correct,
                !approved && may.contains(Action.EDIT),
                may.contains(Action.WITHDRAW),
                may.contains(Action.CORRECT) && emergency,
                may.contains(Action.DISCARD),
                wished(here, content),
                correct ? occurrences(here, notice, content) : List.of(),
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
