package fr.tambour.website.studio;

import fr.tambour.people.People;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SetupStep;
import fr.tambour.ui.Words;
import fr.tambour.website.WebsiteRights;
import fr.tambour.website.internal.OwnPage;
import fr.tambour.website.internal.OwnTexts;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The standing pages in the studio's menu; and that a site's hosting must be named (loi du 21 juin 2004, art. 1-1). */
@Component
class PagesMenu implements MenuEntry.Provider, SetupStep.Provider {

    private final People people;
    private final Towns towns;
    private final OwnTexts texts;
    private final Words words;

    PagesMenu(People people, Towns towns, OwnTexts texts, Words words) {
        this.people = people;
        this.towns = towns;
        this.texts = texts;
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return may(scope)
                ? List.of(new MenuEntry(
                        MenuEntry.Group.SETTINGS,
                        130,
                        words.in(scope.locale()).get("website.pages"),
                        PagesController.PATH,
                        null))
                : List.of();
    }

    @Override
    public List<SetupStep> steps(Scope scope) {
        Optional<Town> town = towns.byId(new TownId(scope.townId()));
        if (town.isEmpty() || !may(scope)) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        return List.of(new SetupStep(
                60,
                said.get("website.step.hosting"),
                said.get("website.step.hosting.text"),
                PagesController.PATH + "/" + OwnPage.HOSTING.key(),
                texts.of(town.get().id(), OwnPage.HOSTING)
                        .containsKey(town.get().language())));
    }

    private boolean may(Scope scope) {
        return people.signedIn(new TownId(scope.townId()))
                .filter(actor -> actor.may(WebsiteRights.PAGES))
                .isPresent();
    }
}
