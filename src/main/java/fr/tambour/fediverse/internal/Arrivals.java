package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does what other servers ask for. Each request once: who replays one gains nothing. Asked for anew, though, it is done and
 * answered anew, since some give every `Undo` of a kind the same identifier.
 */
@Component
class Arrivals {

    /** What may be about following; all else that is understood is said to the town, or about what it said. */
    private static final Set<String> ABOUT_FOLLOWING = Set.of("Follow", "Undo", "Block", "Delete", "Move");

    private final Actors actors;
    private final Followers followers;
    private final Askings askings;
    private final Letters letters;
    private final RemoteActors remotes;
    private final Talk talk;
    private final RepostDesk reposts;
    private final QuoteDesk quotes;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    Arrivals(
            Actors actors,
            Followers followers,
            Askings askings,
            Letters letters,
            RemoteActors remotes,
            Talk talk,
            RepostDesk reposts,
            QuoteDesk quotes,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.followers = followers;
        this.askings = askings;
        this.letters = letters;
        this.remotes = remotes;
        this.talk = talk;
        this.reposts = reposts;
        this.quotes = quotes;
        this.jdbc = jdbc;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Whether there is nothing to do about it, whoever signed it: nobody is asked for a key then. */
    boolean isOfNoConcern(Town town, URI sender, ObjectNode activity) {
        String type = StrangeJson.text(activity, "type");
        if (!ABOUT_FOLLOWING.contains(type) && !Talk.UNDERSTOOD.contains(type) && !type.equals(QuoteDesk.REQUEST)) {
            return true;
        }
        // Made before anything is read: its keys may have to be.
        Actor own = actors.of(town);
        return !Boolean.TRUE.equals(reading.execute(s -> switch (type) {
            case "Follow" -> !talk.isBlocked(town.id(), sender);
            case "Move" -> followers.follows(town.id(), sender);
            case "Undo", "Block", "Delete" ->
                followsOrWaits(own, sender)
                        || isAboutWhatIsSaid(own, sender, activity)
                        || quotes.concerns(own, sender, activity);
            case QuoteDesk.REQUEST -> quotes.concerns(own, sender, activity);
            case "Update" ->
                ActorUpdates.isOne(sender, activity) && followsOrWaits(own, sender)
                        || isAboutWhatIsSaid(own, sender, activity);
            default -> isAboutWhatIsSaid(own, sender, activity);
        }));
    }

    private boolean followsOrWaits(Actor own, URI sender) {
        return followers.follows(own.town(), sender) || askings.waits(own.town(), sender);
    }

    private boolean isAboutWhatIsSaid(Actor own, URI sender, ObjectNode activity) {
        return talk.concerns(own, sender, activity) || reposts.concerns(own.town(), sender, activity);
    }

    /** Whether somebody says that their own account is no more. */
    static boolean isOwnEnd(URI sender, ObjectNode activity) {
        return StrangeJson.text(activity, "type").equals("Delete")
                && StrangeJson.id(activity.path("object"))
                        .filter(sender::equals)
                        .isPresent();
    }

    /** What is done before anybody's transaction; empty where it cannot be done for now. */
    CompletableFuture<Optional<Arrival>> read(Town town, RemoteActor sender, ObjectNode activity) {
        boolean reposted = StrangeJson.text(activity, "type").equals("Update")
                && Boolean.TRUE.equals(reading.execute(status -> reposts.concerns(town.id(), sender.uri(), activity)));
        return quotes.quoting(town, actors.of(town), sender.uri(), activity)
                .thenApply(
                        read -> read.map(quoting -> Arrival.of(sender, activity, reposted, quoting, clock.instant())));
    }

    /** Whether what there is to be answered could wait for their server. */
    boolean hasRoom(Town town, RemoteActor sender, ObjectNode activity) {
        String type = StrangeJson.text(activity, "type");
        return !type.equals("Follow") && !type.equals(QuoteDesk.REQUEST)
                || Boolean.TRUE.equals(reading.execute(status -> letters.hasRoom(town.id(), sender.inbox())));
    }

    /**
     * @param signed what was signed, by which a request is known again
     * @throws NoRoom where nothing more may wait for their server that would have to be answered; nothing of it is done then
     */
    void take(Town town, Arrival arrival, String signed) {
        RemoteActor sender = arrival.sender();
        ObjectNode activity = arrival.activity();
        // Made before anything is written: its keys may have to be.
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (isNew(town, signed, now)) {
                act(town, own, sender, activity, now);
                talk.take(own, arrival, now);
                reposts.take(town, own, arrival);
                quotes.take(own, arrival, now);
            }
        });
    }

    void leaves(Town town, URI follower) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            followers.removeEverywhere(town.id(), follower, clock.instant());
            askings.removeEverywhere(town.id(), follower);
            talk.gone(town, follower);
            reposts.gone(town, own, follower);
            quotes.gone(town.id(), follower);
        });
    }

    private boolean isNew(Town town, String signed, Instant now) {
        return jdbc.sql("""
                        INSERT INTO fediverse_seen (town_id, request, seen_at) VALUES (:town, :request, :now)
                        ON CONFLICT (town_id, request) DO NOTHING
                        """)
                        .param("town", town.id().value())
                        .param("request", Digests.hex(signed))
                        .param("now", Millis.of(now))
                        .update()
                == 1;
    }

    private void act(Town town, Actor own, RemoteActor sender, ObjectNode activity, Instant now) {
        JsonNode object = activity.path("object");
        switch (StrangeJson.text(activity, "type")) {
            case "Follow" ->
                StrangeJson.id(activity)
                        .filter(id -> !talk.isBlocked(town.id(), sender))
                        .ifPresent(id -> ours(town, object).ifPresent(actor -> follow(own, actor, sender, id, now)));
            case "Undo" -> {
                if (StrangeJson.text(object, "type").equals("Follow")) {
                    ours(town, object.path("object")).ifPresent(actor -> leaves(actor, sender.uri(), now));
                } else if (object.isString()) {
                    StrangeJson.id(object).ifPresent(follow -> {
                        askings.removeAsked(town.id(), sender.uri(), follow);
                        actors.followed(town).forEach(actor -> followers.removeAsked(actor, sender.uri(), follow, now));
                    });
                }
            }
            case "Block" -> ours(town, object).ifPresent(actor -> leaves(actor, sender.uri(), now));
            case "Delete" -> {
                if (isOwnEnd(sender.uri(), activity)) {
                    remotes.forget(town.id(), sender.uri());
                    followers.removeEverywhere(town.id(), sender.uri(), now);
                    askings.removeEverywhere(town.id(), sender.uri());
                }
            }
            default -> {
                // It has nothing to do with following.
            }
        }
    }

    /** They follow it no more, nor wait to. */
    private void leaves(Actor followed, URI follower, Instant now) {
        followers.remove(followed, follower, now);
        askings.remove(followed, follower);
    }

    /**
     * One that has stopped takes nobody new, and whoever one approves first waits; who follows it already stays, and their server may
     * ask again by itself.
     *
     * @throws NoRoom where they could not be told: a server that is not goes on asking
     */
    private void follow(Actor own, Actor followed, RemoteActor sender, URI follow, Instant now) {
        boolean anyway = followed.state() == Actor.State.ON && !actors.approvesNow(followed)
                || followers.follows(followed, sender.uri());
        if (!anyway && followed.state() != Actor.State.ON) {
            askings.remove(followed, sender.uri());
            letters.answer(followed, sender.inbox(), Activities.reject(followed, sender.uri(), follow), now);
        } else if (!anyway) {
            if (askings.add(followed, sender, follow, now)) {
                holdFast(own, followed, now);
            } else {
                letters.answer(followed, sender.inbox(), Activities.reject(followed, sender.uri(), follow), now);
            }
        } else if (followers.add(followed, sender, follow, now)) {
            holdFast(own, followed, now);
            askings.remove(followed, sender.uri());
            letters.answer(followed, sender.inbox(), Activities.accept(followed, sender.uri(), follow), now);
        }
    }

    /** Whoever follows a theme's account reads what the town's own writes. */
    private void holdFast(Actor own, Actor followed, Instant now) {
        actors.holdFast(own, now);
        if (followed.kind() == Actor.Kind.THEME) {
            actors.holdFast(followed, now);
        }
    }

    private Optional<Actor> ours(Town town, JsonNode object) {
        return StrangeJson.id(object)
                .flatMap(id -> actors.followed(town).stream()
                        .filter(actor -> actor.uri().equals(id))
                        .findFirst());
    }
}
