package fr.tambour.people.internal;

import fr.tambour.people.Actor;
import fr.tambour.people.FilePlace;
import fr.tambour.town.Towns;
import fr.tambour.ui.FormGate;
import fr.tambour.ui.Scope;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * What is read of what the studio and the API are sent: that of people who work for the town, files only where they may be
 * brought by who may bring them, and the small forms by which one comes in. {@link Security} decides anew once it has been read.
 */
@Component
class StudioForms implements FormGate {

    static final String SESSION_COOKIE = "tambour";

    private static final Pattern STUDIO = Pattern.compile("/studio(/.*)?");
    private static final Pattern DOOR =
            Pattern.compile("/(connexion|deconnexion|ailleurs|(invitation|mot-de-passe)/[^/]+)");

    private final Sessions sessions;
    private final Register register;
    private final PersonalTokens tokens;
    private final Towns towns;
    private final List<FilePlace> filePlaces;

    StudioForms(Sessions sessions, Register register, PersonalTokens tokens, Towns towns, List<FilePlace> filePlaces) {
        this.sessions = sessions;
        this.register = register;
        this.tokens = tokens;
        this.towns = towns;
        this.filePlaces = filePlaces;
    }

    @Override
    public boolean opens(Form form) {
        if (Scope.isApi(form.path())) {
            return byToken(form).filter(actor -> mayBring(form, actor)).isPresent();
        }
        Matcher studio = STUDIO.matcher(form.path());
        if (!studio.matches()) {
            return false;
        }
        String place = studio.group(1);
        return place != null && DOOR.matcher(place).matches()
                ? form.kind() == FormGate.Kind.FIELDS
                : bySession(form).filter(actor -> mayBring(form, actor)).isPresent();
    }

    private boolean mayBring(Form form, Actor actor) {
        return form.kind() != FormGate.Kind.FILES
                || filePlaces.stream()
                        .filter(place -> place.path().matcher(form.path()).matches())
                        .anyMatch(place -> actor.may(place.right()));
    }

    private Optional<Actor> bySession(Form form) {
        return Optional.ofNullable(form.cookies().get(SESSION_COOKIE))
                .flatMap(id -> Optional.ofNullable(sessions.findById(id)))
                .flatMap(StudioSession::person)
                .flatMap(person -> towns.byHost(form.host()).flatMap(town -> register.actor(town.id(), person)));
    }

    private Optional<Actor> byToken(Form form) {
        return TokenFilter.bearer(form.authorization())
                .flatMap(secret -> towns.byHost(form.host()).flatMap(town -> tokens.find(town.id(), secret)))
                .flatMap(known ->
                        register.actor(known.town(), known.person()).map(actor -> actor.within(known.rights())));
    }
}
