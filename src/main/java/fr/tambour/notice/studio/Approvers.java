package fr.tambour.notice.studio;

import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.Membership;
import fr.tambour.people.People;
import fr.tambour.people.PeopleRights;
import fr.tambour.people.Right;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who can approve what is submitted; where nobody can, what to do about it. */
@Component
class Approvers {

    /** Names beyond these are counted. */
    private static final int NAMED = 5;

    private final People people;
    private final ApprovalPolicies policies;

    Approvers(People people, ApprovalPolicies policies) {
        this.people = people;
        this.policies = policies;
    }

    /** Null unless it waits for approval. */
    ReadingPage.@Nullable Waiting of(Here here, StaffNotice notice, Content content) {
        if (notice.standing().draft() != DraftState.SUBMITTED) {
            return null;
        }
        ApprovalPolicy policy = policies.of(here.town().id(), content.kind());
        List<String> names = people.of(here.town().id()).stream()
                .filter(member -> has(member, NoticeRights.APPROVE))
                .filter(member -> content.kind() != Kind.EMERGENCY || has(member, NoticeRights.EMERGENCY))
                .filter(member -> policy.allows(
                        notice.contributors().contains(member.person().id())))
                .map(member -> member.person().name())
                .toList();
        if (!names.isEmpty()) {
            return new ReadingPage.Waiting(
                    here.words().get("notice.waiting.for", named(here, names), names.size()), "", false);
        }
        boolean manages = here.actor().may(PeopleRights.MANAGE);
        String whom = policy == ApprovalPolicy.FOUR_EYES ? ".other" : "";
        return new ReadingPage.Waiting(
                here.words().get("notice.waiting.nobody" + whom),
                here.words().get("notice.waiting." + (manages ? "invite" : "ask") + whom),
                manages);
    }

    private static boolean has(Membership member, Right right) {
        return member.roles().stream().anyMatch(right.defaults()::contains);
    }

    private static String named(Here here, List<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        int others = names.size() - NAMED;
        return others > 0 ? here.words().get("notice.waiting.others", first, others) : first;
    }
}
