package fr.tambour.desk.internal;

import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Kind;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has been said at set-up so far; kept in the database, so that nothing is lost on reload or restart. Passwords and
 * the recovery key are never in it.
 *
 * @param town the id that the town will have
 * @param origin which town; null before the first step
 * @param profile what is known of it; null before the first step
 * @param districts one name each, in the first language
 * @param themes likewise
 * @param policies who approves what
 * @param done the steps done
 */
public record SetupDraft(
        TownId town,
        Town.@Nullable Origin origin,
        @Nullable Profile profile,
        List<String> districts,
        List<String> themes,
        Map<Kind, ApprovalPolicy> policies,
        Set<SetupStage> done) {

    public SetupDraft {
        districts = List.copyOf(districts);
        themes = List.copyOf(themes);
        policies = Map.copyOf(policies);
        done = Set.copyOf(done);
    }

    static SetupDraft begun(TownId town) {
        return new SetupDraft(town, null, null, List.of(), List.of(), Map.of(), Set.of());
    }

    /** The first step not yet done. */
    public SetupStage next() {
        for (SetupStage stage : SetupStage.values()) {
            if (!done.contains(stage)) {
                return stage;
            }
        }
        return SetupStage.ADMINISTRATOR;
    }

    /** Whether all before it is done. */
    public boolean reaches(SetupStage stage) {
        return stage.ordinal() <= next().ordinal();
    }

    /** Another town, and what usually goes with it; what was confirmed of an earlier choice is asked again. */
    SetupDraft choosing(
            Town.Origin chosen,
            Profile profile,
            List<String> districts,
            List<String> themes,
            Map<Kind, ApprovalPolicy> policies) {
        Set<SetupStage> still = EnumSet.of(SetupStage.TOWN);
        if (done.contains(SetupStage.RECOVERY)) {
            still.add(SetupStage.RECOVERY);
        }
        return new SetupDraft(town, chosen, profile, districts, themes, policies, still);
    }

    public SetupDraft with(Profile changed, SetupStage stage) {
        return new SetupDraft(town, origin, changed, districts, themes, policies, also(stage));
    }

    public SetupDraft with(List<String> districts, List<String> themes, Map<Kind, ApprovalPolicy> policies) {
        return new SetupDraft(town, origin, profile, districts, themes, policies, also(SetupStage.LISTS));
    }

    public SetupDraft with(SetupStage stage) {
        return new SetupDraft(town, origin, profile, districts, themes, policies, also(stage));
    }

    private Set<SetupStage> also(SetupStage stage) {
        Set<SetupStage> more = EnumSet.of(stage);
        more.addAll(done);
        return more;
    }
}
