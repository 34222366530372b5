package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.DomainWatch;
import fr.tambour.people.People;
import fr.tambour.people.Right;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SetupStep;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The account in the studio's menu; and, on its home, that its address is to be chosen before other servers know it, and that its domain
 * leads here no more.
 */
@Component
class FediverseMenu implements MenuEntry.Provider, SetupStep.Provider {

    private final People people;
    private final Towns towns;
    private final Actors actors;
    private final DomainWatch domains;
    private final Words words;

    FediverseMenu(People people, Towns towns, Actors actors, DomainWatch domains, Words words) {
        this.people = people;
        this.towns = towns;
        this.actors = actors;
        this.domains = domains;
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return may(scope, FediverseRights.READ)
                ? List.of(new MenuEntry(
                        MenuEntry.Group.CHANNELS,
                        40,
                        words.in(scope.locale()).get("channel.fediverse"),
                        StudioFediverseController.PATH,
                        null))
                : List.of();
    }

    @Override
    public List<SetupStep> steps(Scope scope) {
        Optional<Town> town = towns.byId(new TownId(scope.townId()));
        if (town.isEmpty() || !may(scope, FediverseRights.SETTINGS)) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        List<SetupStep> steps = new ArrayList<>();
        steps.add(new SetupStep(
                35,
                said.get("fediverse.step.address"),
                said.get("fediverse.step.address.text"),
                StudioFediverseController.PATH + "#choisir",
                actors.isChosen(town.get())));
        domains.lost(town.get())
                .ifPresent(lost -> steps.add(new SetupStep(
                        5,
                        said.get("fediverse.step.lost", lost.domain()),
                        said.get("fediverse.step.lost.text", lost.handle()),
                        StudioFediverseController.PATH,
                        false)));
        return steps;
    }

    private boolean may(Scope scope, Right right) {
        return people.signedIn(new TownId(scope.townId()))
                .filter(actor -> actor.may(right))
                .isPresent();
    }
}
