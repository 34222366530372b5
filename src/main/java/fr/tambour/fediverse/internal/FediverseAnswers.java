package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.ServerName;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.dispatch.Outcome;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Carries what the town answers, by letter, to whoever is answered; and sees to it that who is blocked follows no more. */
@Component
class FediverseAnswers implements AnswerCarrier {

    private static final Pattern BRINGS = Pattern.compile(".*/reponses/([0-9]{1,19})#create");

    private final Actors actors;
    private final Towns towns;
    private final Letters letters;
    private final Followers followers;
    private final AnswerNotes notes;
    private final RepostDesk reposts;
    private final FollowRequests requests;
    private final QuoteDesk quotes;
    private final JdbcClient jdbc;
    private final Clock clock;

    FediverseAnswers(
            Actors actors,
            Towns towns,
            Letters letters,
            Followers followers,
            AnswerNotes notes,
            RepostDesk reposts,
            FollowRequests requests,
            QuoteDesk quotes,
            JdbcClient jdbc,
            Clock clock) {
        this.actors = actors;
        this.towns = towns;
        this.letters = letters;
        this.followers = followers;
        this.notes = notes;
        this.reposts = reposts;
        this.requests = requests;
        this.quotes = quotes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String channel() {
        return FediverseChannel.NAME;
    }

    @Override
    public boolean carry(TownAnswer answer) {
        Town town = towns.get(answer.town());
        Actor own = actors.of(town);
        actors.holdFast(own, clock.instant());
        return StrangeJson.address(answer.to().returnAddress())
                .filter(inbox -> letters.add(own, inbox, notes.create(answer, town, own), clock.instant()))
                .isPresent();
    }

    /** Which answer it brings, if it does: by its own name, not by that of what somebody else said and it holds. */
    static OptionalLong answerIn(byte[] letter) {
        try {
            JsonNode activity = JsonMapper.shared().readTree(letter);
            Matcher brought = BRINGS.matcher(StrangeJson.text(activity, "id"));
            return StrangeJson.text(activity, "type").equals("Create") && brought.matches()
                    ? OptionalLong.of(Long.parseLong(brought.group(1)))
                    : OptionalLong.empty();
        } catch (JacksonException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static Carried carried(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted a -> Carried.ACCEPTED;
            case Outcome.Rejected r -> Carried.REFUSED;
            case Outcome.Gone g -> Carried.REFUSED;
            case Outcome.NeedsSignIn s -> Carried.REFUSED;
            case Outcome.Unknown u -> Carried.UNKNOWN;
            case Outcome.RetryAt r -> Carried.GIVEN_UP;
            case Outcome.TooMany t -> Carried.GIVEN_UP;
            case Outcome.OverQuota q -> Carried.GIVEN_UP;
            case Outcome.Expired e -> Carried.GIVEN_UP;
            case Outcome.Recalled r -> Carried.NOT_SENT;
        };
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
    public void cutOff(TownId id, Collection<Blocked> whom) {
        Town town = towns.get(id);
        List<Actor> accounts = actors.followed(town);
        reposts.cutOff(town, actors.of(town));
        Instant now = clock.instant();
        requests.cutOff(town, whom, now);
        quotes.cutOff(id, whom, now);
        Set<String> servers = whom.stream()
                .filter(one -> one.scope() == Scope.HOST)
                .map(Blocked::name)
                .collect(Collectors.toSet());
        if (!servers.isEmpty()) {
            hosts(id).stream()
                    .filter(host ->
                            ServerName.andAbove(ServerName.of(host)).stream().anyMatch(servers::contains))
                    .forEach(host -> followers.removeHost(id, host, now));
        }
        whom.stream()
                .filter(one -> one.scope() == Scope.AUTHOR)
                .forEach(person -> accounts.forEach(account -> following(account, person.name())
                        .forEach(one -> {
                            letters.add(account, one.inbox(), reject(account, one), now);
                            followers.remove(account, one.who(), now);
                        })));
    }

    /** Of whoever follows, with their ports. */
    private List<String> hosts(TownId town) {
        return jdbc.sql("SELECT DISTINCT host FROM fediverse_inbox WHERE town_id = :town AND left_at IS NULL")
                .param("town", town.value())
                .query(String.class)
                .list();
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
