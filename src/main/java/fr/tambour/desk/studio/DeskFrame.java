package fr.tambour.desk.studio;

import fr.tambour.desk.DeskRights;
import fr.tambour.people.Actor;
import fr.tambour.people.People;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
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

/** The desk's lines in the studio's menu, and what a new town should still say about itself. */
@Component
class DeskFrame implements MenuEntry.Provider, SetupStep.Provider {

    private final Towns towns;
    private final People people;
    private final Words words;

    DeskFrame(Towns towns, People people, Words words) {
        this.towns = towns;
        this.people = people;
        this.words = words;
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        Optional<Actor> actor = people.signedIn(new TownId(scope.townId()));
        if (actor.isEmpty()) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        List<MenuEntry> entries = new ArrayList<>();
        entries.add(new MenuEntry(MenuEntry.Group.DESK, 0, said.get("desk.menu.home"), "/studio", null));
        if (actor.get().may(DeskRights.SETTINGS)) {
            entries.add(settings(100, said.get("desk.menu.town"), TownSettingsController.PATH));
            entries.add(settings(110, said.get("desk.menu.lists"), ListSettingsController.PATH));
            entries.add(settings(120, said.get("desk.menu.policy"), PolicySettingsController.PATH));
        }
        return entries;
    }

    private static MenuEntry settings(int order, String label, String href) {
        return new MenuEntry(MenuEntry.Group.SETTINGS, order, label, href, null);
    }

    @Override
    public List<SetupStep> steps(Scope scope) {
        Optional<Town> town = towns.byId(new TownId(scope.townId()));
        if (town.isEmpty()
                || people.signedIn(new TownId(scope.townId()))
                        .filter(actor -> actor.may(DeskRights.SETTINGS))
                        .isEmpty()) {
            return List.of();
        }
        Profile profile = town.get().profile();
        String host = town.get().baseUrl().getHost();
        boolean local = HostName.isLoopback(host) || HostName.slugOfLocal(host).isPresent();
        boolean reachable = !profile.contact().address().isEmpty()
                || !profile.contact().phone().isEmpty()
                || !profile.contact().mail().isEmpty();
        Words said = words.in(scope.locale());
        return List.of(
                step(30, said, "address", !local, town.get().baseUrl().getAuthority()),
                step(40, said, "director", !profile.director().name().isEmpty()),
                step(50, said, "contact", reachable));
    }

    private static SetupStep step(int order, Words said, String key, boolean done, Object... args) {
        return new SetupStep(
                order,
                said.get("desk.step." + key),
                said.get("desk.step." + key + ".text", args),
                TownSettingsController.PATH,
                done);
    }
}
