package fr.tambour.people.internal;

import fr.tambour.people.Actor;
import fr.tambour.people.PeopleRights;
import fr.tambour.ui.Initials;
import fr.tambour.ui.MenuEntry;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SignedIn;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What this room adds to the studio's frame: who is signed in, and the way to its pages. */
@Component
class StudioFrame implements SignedIn.Provider, MenuEntry.Provider {

    private final Words words;

    StudioFrame(Words words) {
        this.words = words;
    }

    @Override
    public Optional<SignedIn> signedIn(Scope scope) {
        return Acting.now()
                .flatMap(Acting::actor)
                .map(actor -> new SignedIn(
                        Long.toString(actor.person().value()),
                        actor.name(),
                        Initials.of(actor.name()),
                        "/studio/moi",
                        "/studio/deconnexion"));
    }

    @Override
    public List<MenuEntry> entries(Scope scope) {
        return Acting.now()
                .flatMap(Acting::actor)
                .map(actor -> entries(actor, words.in(scope.locale())))
                .orElse(List.of());
    }

    private static List<MenuEntry> entries(Actor actor, Words said) {
        List<MenuEntry> entries = new ArrayList<>();
        if (actor.may(PeopleRights.MANAGE)) {
            entries.add(entry(20, said.get("people.team"), "/studio/equipe"));
        }
        entries.add(entry(60, said.get("people.tokens"), "/studio/jetons"));
        if (actor.may(PeopleRights.AUDIT)) {
            entries.add(entry(80, said.get("audit.journal"), "/studio/journal"));
        }
        return entries;
    }

    private static MenuEntry entry(int order, String label, String href) {
        return new MenuEntry(MenuEntry.Group.SETTINGS, order, label, href, null);
    }
}
