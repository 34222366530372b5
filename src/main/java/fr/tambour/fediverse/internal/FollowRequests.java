package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Following by leave: whoever asks an account that approves waits until somebody of the town lets them, or does not. Whoever waits
 * when an account stops approving is let in, a few at a time.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class FollowRequests {

    private static final Logger LOG = LoggerFactory.getLogger(FollowRequests.class);

    /** Of those that are let in by themselves: a letter each leaves. */
    private static final int AT_ONCE = 50;

    /** Of those, so many are looked at: who waits on servers that take nothing keeps nobody else waiting. */
    private static final int LOOKED_AT = 10 * Askings.MOST;

    private final Actors actors;
    private final ActorDocument document;
    private final Askings askings;
    private final Followers followers;
    private final Letters letters;
    private final Rounds rounds;
    private final Towns towns;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    FollowRequests(
            Actors actors,
            ActorDocument document,
            Askings askings,
            Followers followers,
            Letters letters,
            Rounds rounds,
            Towns towns,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.document = document;
        this.askings = askings;
        this.followers = followers;
        this.letters = letters;
        this.rounds = rounds;
        this.towns = towns;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Who has waited the longest first. */
    public List<Asking> oldest(TownId town, int limit) {
        return Objects.requireNonNull(reading.execute(status -> askings.oldest(town, limit)));
    }

    /** How many wait for any of the town's accounts. */
    public int count(TownId town) {
        return Objects.requireNonNull(reading.execute(status -> askings.count(town)));
    }

    /**
     * Those of these names approve from now on who follows them, all others do not. Whoever follows them is told.
     *
     * @param names of accounts, as they stand before the @
     */
    public void approve(Town town, Set<String> names, long person) {
        actors.reread(town.id());
        List<Actor> changed = actors.followed(town).stream()
                .filter(actor -> actor.approves() != names.contains(actor.name()))
                .toList();
        writing.executeWithoutResult(status -> changed.forEach(actor -> {
            Instant now = clock.instant();
            Actor after = actor.approving(!actor.approves());
            actors.approve(actor, after.approves(), now);
            rounds.add(after, "account " + actor.id(), document.update(after, town, now), now);
            record(
                    town,
                    person,
                    after.approves() ? "fediverse.approval-on" : "fediverse.approval-off",
                    Map.of("account", actor.handle()));
        }));
    }

    /**
     * @return false where they are refused all the same: from their server so many follow that it can be none of people
     * @throws Refusal 409 {@code fediverse.asking-over}, {@code fediverse.stopped}, {@code fediverse.no-room}
     */
    public boolean accept(Town town, long id, long person) {
        return decide(town, id, person, true);
    }

    /** @throws Refusal 409 {@code fediverse.asking-over}, {@code fediverse.no-room} */
    public void refuse(Town town, long id, long person) {
        decide(town, id, person, false);
    }

    private boolean decide(Town town, long id, long person, boolean let) {
        actors.of(town);
        try {
            return Boolean.TRUE.equals(writing.execute(status -> decided(town, id, person, let)));
        } catch (NoRoom e) {
            throw new Refusal(HttpStatus.CONFLICT, "fediverse.no-room");
        }
    }

    private boolean decided(Town town, long id, long person, boolean let) {
        Asking asking = askings.take(town.id(), id).orElseThrow(FollowRequests::over);
        Actor asked = actors.byId(town, asking.account()).orElseThrow(FollowRequests::over);
        if (let && asked.state() != Actor.State.ON) {
            throw new Refusal(HttpStatus.CONFLICT, "fediverse.stopped");
        }
        Instant now = clock.instant();
        boolean follows = let && follows(asked, asking, now);
        if (!follows) {
            reject(asked, asking, now);
        }
        record(
                town,
                person,
                follows ? "fediverse.follower-accepted" : "fediverse.follower-refused",
                // Who it was is not kept: it could never be erased.
                Map.of("account", asked.handle(), "server", asking.host()));
        return follows;
    }

    private boolean follows(Actor asked, Asking asking, Instant now) {
        RemoteActor who = new RemoteActor(asking.who(), asking.inbox(), asking.sharedInbox(), Map.of());
        boolean room = followers.add(asked, who, asking.follow(), now);
        if (room) {
            letters.answer(asked, asking.inbox(), Activities.accept(asked, asking.who(), asking.follow()), now);
        }
        return room;
    }

    private void reject(Actor asked, Asking asking, Instant now) {
        letters.answer(asked, asking.inbox(), Activities.reject(asked, asking.who(), asking.follow()), now);
    }

    /** None of these wait any more: people are told, whole servers are not. In the caller's transaction. */
    void cutOff(Town town, Whom whom, Instant now) {
        askings.oldest(town.id(), Integer.MAX_VALUE).stream()
                .filter(asking -> isPerson(whom, asking) || whom.isServer(asking.host()))
                .forEach(asking -> {
                    askings.take(town.id(), asking.id());
                    if (isPerson(whom, asking)) {
                        actors.byId(town, asking.account())
                                .ifPresent(asked -> letters.takeAway(
                                        asked,
                                        asking.inbox(),
                                        Activities.reject(asked, asking.who(), asking.follow()),
                                        now));
                    }
                });
    }

    private static boolean isPerson(Whom whom, Asking asking) {
        return whom.isPerson(asking.who())
                || whom.addresses().contains(asking.handle().toLowerCase(Locale.ROOT));
    }

    /** Whoever waits for an account that approves nobody any more. */
    @Scheduled(initialDelay = 4_000, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void letIn() {
        try {
            List<Askings.Let> let =
                    Objects.requireNonNull(reading.execute(status -> answerable(askings.let(LOOKED_AT))));
            if (!let.isEmpty()) {
                writing.executeWithoutResult(status -> let.forEach(this::letIn));
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Who waits to follow goes on waiting until the database answers: {}", e.getMessage());
        }
    }

    /** Some of those whom there is room to tell. */
    private List<Askings.Let> answerable(List<Askings.Let> all) {
        record Server(TownId town, String host) {}
        Map<Server, Boolean> room = new HashMap<>();
        return all.stream()
                .filter(one -> room.computeIfAbsent(
                        new Server(one.town(), one.inbox().getRawAuthority()),
                        server -> letters.hasRoom(one.town(), one.inbox())))
                .limit(AT_ONCE)
                .toList();
    }

    private void letIn(Askings.Let let) {
        if (!letters.hasRoom(let.town(), let.inbox())) {
            return;
        }
        Optional<Town> town = towns.byId(let.town());
        Optional<Asking> asking = askings.take(let.town(), let.id());
        if (town.isPresent() && asking.isPresent()) {
            Instant now = clock.instant();
            actors.byId(town.get(), asking.get().account()).ifPresent(asked -> {
                if (!follows(asked, asking.get(), now)) {
                    reject(asked, asking.get(), now);
                }
            });
        }
    }

    private void record(Town town, long person, String action, Map<String, String> details) {
        audit.record(new AuditEntry(town.id().value(), person, action, "fediverse", details));
    }

    private static Refusal over() {
        return new Refusal(HttpStatus.CONFLICT, "fediverse.asking-over");
    }
}
