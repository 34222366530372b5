package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives themes accounts of their own, stops them for a while, lets them go on, and closes them for good. Whoever follows one is
 * told by their own server: it says of itself what it is, and that it is no more.
 */
@Component
public class ThemeAccounts {

    private static final String SUBJECT = "fediverse";

    private final Actors actors;
    private final AccountNews news;
    private final Rounds rounds;
    private final Followers followers;
    private final Askings askings;
    private final Themes themes;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;

    ThemeAccounts(
            Actors actors,
            AccountNews news,
            Rounds rounds,
            Followers followers,
            Askings askings,
            Themes themes,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.news = news;
        this.rounds = rounds;
        this.followers = followers;
        this.askings = askings;
        this.themes = themes;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /**
     * @param name what stands before the @
     * @throws Refusal 422 {@code fediverse.name}, {@code fediverse.name-taken}; 404 {@code not-found} for a theme that the town
     *     has not; 409 {@code fediverse.has-account}
     */
    public void open(Town town, long theme, String name, long person) {
        String small = AccountAddress.name(name);
        Actor own = actors.of(town);
        KeyPair pair = Actors.generated();
        opened(
                town,
                small,
                () -> changed(town, () -> {
                    if (themes.byId(town.id(), theme).filter(Theme::active).isEmpty()) {
                        throw unknown();
                    }
                    if (own.name().equals(small) || Actors.isTowns(small) || actors.isThemes(town, small)) {
                        throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.name-taken", small);
                    }
                    if (actors.themes(town).stream()
                            .anyMatch(actor -> actor.theme() == theme && actor.state() != Actor.State.CLOSED)) {
                        throw new Refusal(HttpStatus.CONFLICT, "fediverse.has-account");
                    }
                    actors.addTheme(town, theme, small, pair);
                    record(town, person, "fediverse.account-opened", small + "@" + own.domain());
                    return true;
                }));
    }

    /** Somebody else may be quicker, on another node: the database keeps names and themes apart. */
    private void opened(Town town, String name, Runnable opening) {
        try {
            opening.run();
        } catch (DuplicateKeyException e) {
            throw actors.named(town, name).isPresent()
                    ? new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "fediverse.name-taken", name)
                    : new Refusal(HttpStatus.CONFLICT, "fediverse.has-account");
        }
    }

    /** @throws Refusal 404 {@code not-found}; 409 {@code fediverse.no-such-step} where that is not the next it can take */
    public void stop(Town town, String name, long person) {
        step(town, name, Actor.State.ON, Actor.State.OFF, "fediverse.account-stopped", person);
    }

    /** @throws Refusal as {@link #stop} */
    public void resume(Town town, String name, long person) {
        step(town, name, Actor.State.OFF, Actor.State.ON, "fediverse.account-resumed", person);
    }

    /**
     * Nobody can follow it any more, under any circumstances, and its name is nobody's again.
     *
     * @throws Refusal as {@link #stop}
     */
    public void close(Town town, String name, long person) {
        step(town, name, Actor.State.OFF, Actor.State.CLOSED, "fediverse.account-closed", person);
    }

    private void step(Town town, String name, Actor.State from, Actor.State to, String action, long person) {
        changed(town, () -> {
            Actor actor = actors.themes(town).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(ThemeAccounts::unknown);
            if (actor.state() != from) {
                throw new Refusal(HttpStatus.CONFLICT, "fediverse.no-such-step");
            }
            Instant now = clock.instant();
            actors.put(actor, to, now);
            Actor after = actor.with(to);
            if (to != Actor.State.CLOSED) {
                news.tell(after, town, null, now);
            } else {
                rounds.add(after, "account " + actor.id(), gone(after, now), now);
                // They are told yet: who left when it was written is.
                followers.removeAll(actor, now);
                askings.removeAll(actor);
            }
            record(town, person, action, actor.handle());
            return true;
        });
    }

    private static ObjectNode gone(Actor actor, Instant now) {
        return Activities.ofItself(actor, "Delete", actor.uri() + "#delete", now)
                .put("object", actor.uri().toString());
    }

    private <T> T changed(Town town, Supplier<T> change) {
        actors.reread(town.id());
        try {
            return Objects.requireNonNull(writing.execute(status -> change.get()));
        } finally {
            actors.reread(town.id());
        }
    }

    private void record(Town town, long person, String action, String handle) {
        audit.record(new AuditEntry(
                town.id().value(), person, action, SUBJECT, Map.of("account", handle.toLowerCase(Locale.ROOT))));
    }

    private static Refusal unknown() {
        return new Refusal(HttpStatus.NOT_FOUND, "not-found");
    }
}
