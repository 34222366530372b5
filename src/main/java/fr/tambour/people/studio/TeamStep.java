package fr.tambour.people.studio;

import fr.tambour.people.People;
import fr.tambour.people.PeopleRights;
import fr.tambour.people.internal.Acting;
import fr.tambour.town.TownId;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SetupStep;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** A town where one person works is reminded that notices are read by another. */
@Component
class TeamStep implements SetupStep.Provider {

    private final People people;
    private final Words words;

    TeamStep(People people, Words words) {
        this.people = people;
        this.words = words;
    }

    @Override
    public List<SetupStep> steps(Scope scope) {
        boolean manages = Acting.now()
                .flatMap(Acting::actor)
                .filter(actor -> actor.may(PeopleRights.MANAGE))
                .isPresent();
        if (!manages) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        boolean done = people.of(new TownId(scope.townId())).size() > 1;
        return List.of(new SetupStep(
                10,
                said.get("people.step.invite"),
                said.get("people.step.invite.text"),
                "/studio/equipe#inviter",
                done));
    }
}
