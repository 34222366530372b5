package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier;
import fr.tambour.conversation.Author;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Complaint;
import fr.tambour.conversation.TownAnswer;
import fr.tambour.dispatch.Outcome;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Carries what the town answers, by letter, to whoever is answered; and sees to it that who is blocked follows no more. */
@Component
class FediverseAnswers implements AnswerCarrier {

    private static final String FLAG = "#flag-";

    /** By the type of what brings it. */
    private static final Map<String, Pattern> BRINGS = Map.of(
            "Create", Pattern.compile(".*/reponses/([0-9]{1,19})#create"),
            "Flag", Pattern.compile(".*" + FediversePaths.INSTANCE + FLAG + "([0-9]{1,19})"));

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Actors actors;
    private final Towns towns;
    private final Letters letters;
    private final Followers followers;
    private final AnswerNotes notes;
    private final RepostDesk reposts;
    private final FollowRequests requests;
    private final QuoteDesk quotes;
    private final CuttingOff cuttingOff;
    private final Lookups lookups;
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
            CuttingOff cuttingOff,
            Lookups lookups,
            Clock clock) {
        this.actors = actors;
        this.towns = towns;
        this.letters = letters;
        this.followers = followers;
        this.notes = notes;
        this.reposts = reposts;
        this.requests = requests;
        this.quotes = quotes;
        this.cuttingOff = cuttingOff;
        this.lookups = lookups;
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
                .filter(inbox ->
                        letters.add(own, inbox, notes.create(answer, town, own), answer.owed(), clock.instant()))
                .isPresent();
    }

    @Override
    public boolean reports(Author author) {
        return StrangeJson.address(author.returnAddress()).isPresent();
    }

    @Override
    public boolean report(Complaint complaint) {
        Actor instance = actors.instanceOf(towns.get(complaint.town()));
        byte[] flag = Activities.flag(
                instance,
                instance.uri() + FLAG + complaint.id(),
                complaint.author().id(),
                complaint.message(),
                complaint.words());
        return StrangeJson.address(complaint.author().returnAddress())
                .filter(inbox -> letters.add(instance, inbox, flag, true, clock.instant()))
                .isPresent();
    }

    /** Which answer or report it brings, if it does: by its own name, not by that of what somebody else said and it holds. */
    static OptionalLong answerIn(byte[] letter) {
        try {
            JsonNode activity = JsonMapper.shared().readTree(letter);
            Matcher brought = BRINGS.getOrDefault(StrangeJson.text(activity, "type"), NOTHING)
                    .matcher(StrangeJson.text(activity, "id"));
            return brought.matches() ? OptionalLong.of(Long.parseLong(brought.group(1))) : OptionalLong.empty();
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
            case Outcome.Unfinished u -> Carried.GIVEN_UP;
            case Outcome.Recalled r -> Carried.NOT_SENT;
        };
    }

    @Override
    public void takeBack(TownAnswer answer) {
        Town town = towns.get(answer.town());
        Actor own = actors.of(town);
        StrangeJson.address(answer.to().returnAddress()).ifPresent(inbox -> {
            letters.takeBack(own, inbox, AnswerNotes.createId(answer, own));
            letters.takeAway(own, inbox, notes.delete(answer, own), clock.instant());
        });
    }

    @Override
    public void cutOff(TownId id, Collection<Blocked> whom) {
        Town town = towns.get(id);
        cuttingOff.ask(id, whom);
        reposts.cutOff(town, actors.of(town));
        Instant now = clock.instant();
        List<Actor> accounts = actors.followed(town);
        whom.stream()
                .filter(one -> one.scope() == Scope.AUTHOR)
                .forEach(person -> accounts.forEach(account -> followers
                        .of(account, person.name())
                        .forEach(one -> {
                            followers.remove(account, one.who(), now);
                            cuttingOff.tell(account, one, now);
                        })));
        whom.stream().filter(one -> one.scope() == Scope.ADDRESS).forEach(one -> lookups.add(id, one.name(), now));
        Whom those = Whom.of(whom);
        requests.cutOff(town, those, now);
        quotes.cutOff(id, those, now);
    }

    @Override
    public void letIn(TownId town, Collection<Blocked> whom) {
        cuttingOff.letIn(town, whom);
        whom.stream().filter(one -> one.scope() == Scope.ADDRESS).forEach(one -> lookups.remove(town, one.name()));
    }

    @Override
    public long following(TownId town, Collection<Blocked> whom) {
        return cuttingOff.count(town, whom);
    }
}
