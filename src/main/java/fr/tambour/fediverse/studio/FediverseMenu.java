package fr.tambour.fediverse.studio;

import fr.tambour.fediverse.FediverseRights;
import fr.tambour.people.People;
import fr.tambour.town.TownId;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** The account in the studio's menu. */
@Component
class FediverseMenu implements MenuEntry.Provider {

    private final People people;
    private final Words words;

    FediverseMenu(People people, Words words) {
        this.people = people;
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return people.signedIn(new TownId(scope.townId()))
                        .filter(actor -> actor.may(FediverseRights.READ))
                        .isPresent()
                ? List.of(new MenuEntry(
                        MenuEntry.Group.CHANNELS,
                        40,
                        words.in(scope.locale()).get("channel.fediverse"),
                        StudioFediverseController.PATH,
                        null))
                : List.of();
    }
}
