package fr.tambour.phone.studio;

import fr.tambour.people.People;
import fr.tambour.phone.PhoneRights;
import fr.tambour.town.TownId;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** Phones in the studio's menu. */
@Component
class PhonesMenu implements MenuEntry.Provider {

    private final People people;
    private final Words words;

    PhonesMenu(People people, Words words) {
        this.people = people;
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return people.signedIn(new TownId(scope.townId()))
                        .filter(actor -> actor.may(PhoneRights.READ))
                        .isPresent()
                ? List.of(new MenuEntry(
                        MenuEntry.Group.CHANNELS,
                        30,
                        words.in(scope.locale()).get("phone.studio.title"),
                        StudioPhonesController.PATH,
                        null))
                : List.of();
    }
}
