package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Carries what the town answers, by letter, to whoever is answered; and sees to it that who is blocked follows no more. */
@Component
class FediverseAnswers implements AnswerCarrier {

    private final Actors actors;
    private final Towns towns;
    private final Letters letters;
    private final Followers followers;
    private final AnswerNotes notes;
    private final JdbcClient jdbc;
    private final Clock clock;

    FediverseAnswers(
            Actors actors,
            Towns towns,
            Letters letters,
            Followers followers,
            AnswerNotes notes,
            JdbcClient jdbc,
            Clock clock) {
        this.actors = actors;
        this.towns = towns;
        this.letters = letters;
        this.followers = followers;
        this.notes = notes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return FediverseChannel.NAME;
    }

    @Override
    public void carry(TownAnswer answer) {
        Town town = towns.get(answer.town());
        Actor own = actors.of(town);
        actors.holdFast(own, clock.instant());
        StrangeJson.address(answer.to().returnAddress())
                .ifPresent(inbox -> letters.add(own, inbox, notes.create(answer, town, own), clock.instant()));
    }

    @Override
    public void takeBack(TownAnswer answer) {
        Town town = towns.get(answer.town());
        Actor own = actors.of(town);
        StrangeJson.address(answer.to().returnAddress()).ifPresent(inbox -> {
            letters.takeBack(own, inbox, AnswerNotes.createId(answer, own));
            letters.add(own, inbox, notes.delete(answer, own), clock.instant());
        });
    }

    private record Following(URI who, URI follow, URI inbox) {}

    @Override
    public void cutOff(TownId id, Blocked whom) {
        Instant now = clock.instant();
        if (whom.scope() == Scope.HOST) {
            followers.removeHost(id, whom.name(), now);
            return;
        }
        actors.followed(towns.get(id))
                .forEach(account -> following(account, whom.name()).forEach(one -> {
                    letters.add(account, one.inbox(), reject(account, one), now);
                    followers.remove(account, one.who(), now);
                }));
    }

    private List<Following> following(Actor own, String author) {
        return jdbc.sql("""
                        SELECT f.remote, f.follow, i.address FROM fediverse_follower f
                        JOIN fediverse_inbox i ON i.town_id = f.town_id AND i.id = f.inbox_id
                        WHERE f.town_id = :town AND f.actor_id = :actor AND f.remote = :author
                        """)
                .param("town", own.town().value())
                .param("actor", own.id())
                .param("author", author)
                .query((row, number) -> new Following(
                        URI.create(row.getString("remote")),
                        URI.create(row.getString("follow")),
                        URI.create(row.getString("address"))))
                .list();
    }

    private static byte[] reject(Actor own, Following one) {
        ObjectNode activity = JsonMapper.shared().createObjectNode();
        activity.put("@context", Contexts.STREAMS);
        activity.put("id", own.uri() + "#reject-" + Digests.hex(one.follow().toString()));
        activity.put("type", "Reject");
        activity.put("actor", own.uri().toString());
        activity.putObject("object")
                .put("id", one.follow().toString())
                .put("type", "Follow")
                .put("actor", one.who().toString())
                .put("object", own.uri().toString());
        return activity.toString().getBytes(StandardCharsets.UTF_8);
    }
}
