package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
    private static final Set<String> ABOUT_FOLLOWING = Set.of("Follow", "Undo", "Block", "Delete");

    private final Actors actors;
    private final Followers followers;
    private final Letters letters;
    private final RemoteActors remotes;
    private final Talk talk;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    Arrivals(
            Actors actors,
            Followers followers,
            Letters letters,
            RemoteActors remotes,
            Talk talk,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.followers = followers;
        this.letters = letters;
        this.remotes = remotes;
        this.talk = talk;
        this.jdbc = jdbc;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Whether there is nothing to do about it, whoever signed it: nobody is asked for a key then. */
    boolean isOfNoConcern(Town town, URI sender, ObjectNode activity) {
        String type = StrangeJson.text(activity, "type");
        if (!ABOUT_FOLLOWING.contains(type) && !Talk.UNDERSTOOD.contains(type)) {
            return true;
        }
        // Made before anything is read: its keys may have to be.
        Actor own = actors.of(town);
        return !Boolean.TRUE.equals(reading.execute(s -> switch (type) {
            case "Follow" -> !talk.isBlocked(town.id(), sender);
            case "Undo", "Block", "Delete" ->
                followers.follows(town.id(), sender) || talk.concerns(own, sender, activity);
            default -> talk.concerns(own, sender, activity);
        }));
    }

    /** Whether somebody says that their own account is no more. */
    static boolean isOwnEnd(URI sender, ObjectNode activity) {
        return StrangeJson.text(activity, "type").equals("Delete")
                && StrangeJson.id(activity.path("object"))
                        .filter(sender::equals)
                        .isPresent();
    }

    /** @param signature by which a request is known again */
    void take(Town town, RemoteActor sender, ObjectNode activity, String signature) {
        // Made before anything is written: its keys may have to be.
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (isNew(town, signature, now)) {
                act(own, sender, activity, now);
                talk.take(own, sender, activity, now);
            }
        });
    }

    void leaves(Town town, URI follower) {
        writing.executeWithoutResult(status -> {
            followers.removeEverywhere(town.id(), follower, clock.instant());
            talk.gone(town, follower);
        });
    }

    private boolean isNew(Town town, String signature, Instant now) {
        return jdbc.sql("""
                        INSERT INTO fediverse_seen (town_id, request, seen_at) VALUES (:town, :request, :now)
                        ON CONFLICT (town_id, request) DO NOTHING
                        """)
                        .param("town", town.id().value())
                        .param("request", Digests.hex(signature))
                        .param("now", Millis.of(now))
                        .update()
                == 1;
    }

    private void act(Actor own, RemoteActor sender, ObjectNode activity, Instant now) {
        JsonNode object = activity.path("object");
        switch (StrangeJson.text(activity, "type")) {
            case "Follow" -> {
                Optional<URI> id = StrangeJson.id(activity);
                if (id.isPresent()
                        && isOurs(own, object)
                        && !talk.isBlocked(own.town(), sender.uri())
                        && followers.add(own, sender, id.get(), now)) {
                    actors.holdFast(own, now);
                    letters.add(own, sender.inbox(), Activities.accept(own, sender.uri(), id.get()), now);
                }
            }
            case "Undo" -> {
                if (isOurs(own, object.path("object"))
                        && StrangeJson.text(object, "type").equals("Follow")) {
                    followers.remove(own, sender.uri(), now);
                } else if (object.isString()) {
                    StrangeJson.id(object).ifPresent(follow -> followers.removeAsked(own, sender.uri(), follow, now));
                }
            }
            case "Block" -> {
                if (isOurs(own, object)) {
                    followers.remove(own, sender.uri(), now);
                }
            }
            case "Delete" -> {
                if (isOwnEnd(sender.uri(), activity)) {
                    remotes.forget(own.town(), sender.uri());
                    followers.removeEverywhere(own.town(), sender.uri(), now);
                }
            }
            default -> {
                // It has nothing to do with following.
            }
        }
    }

    private static boolean isOurs(Actor own, JsonNode object) {
        return StrangeJson.id(object).filter(own.uri()::equals).isPresent();
    }
}
