package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Carried;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.ServerName;
import fr.tambour.storage.Batches;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that who is blocked is told nothing any more. What waits for them is dropped with the block itself; that they follow
 * no more comes right after it, some at a time, since there may be very many: nobody else waits for that, and nobody new follows
 * meanwhile. A crash leaves what is still to be done.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class CuttingOff {

    private static final Logger LOG = LoggerFactory.getLogger(CuttingOff.class);

    /** Followers to a transaction. */
    private static final int TOGETHER = 500;

    /** What leaves all the same: it only takes away. */
    private static final Set<String> TAKE_AWAY = Set.of("Delete", "Undo", "Reject", "Remove");

    private final Followers followers;
    private final Letters letters;
    private final Incoming incoming;
    private final KeptOut keptOut;
    private final Actors actors;
    private final Towns towns;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    CuttingOff(
            Followers followers,
            Letters letters,
            Incoming incoming,
            KeptOut keptOut,
            Actors actors,
            Towns towns,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.followers = followers;
        this.letters = letters;
        this.incoming = incoming;
        this.keptOut = keptOut;
        this.actors = actors;
        this.towns = towns;
        this.jdbc = jdbc;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** In the caller's transaction. */
    void ask(TownId town, Collection<Blocked> whom) {
        drop(town, Whom.of(whom));
        keptOut.block(town, whom);
        for (Blocked one : whom) {
            if (one.scope() != Scope.AUTHOR) {
                jdbc.sql("""
                                INSERT INTO fediverse_cut (town_id, scope, name) VALUES (:town, :scope, :name)
                                ON CONFLICT (town_id, scope, name) DO NOTHING
                                """)
                        .param("town", town.value())
                        .param("scope", one.scope().name())
                        .param("name", one.name())
                        .update();
            }
        }
    }

    /** In the caller's transaction. */
    void letIn(TownId town, Collection<Blocked> whom) {
        keptOut.letIn(town, whom);
        for (Blocked one : whom) {
            jdbc.sql("DELETE FROM fediverse_cut WHERE town_id = :town AND scope = :scope AND name = :name")
                    .param("town", town.value())
                    .param("scope", one.scope().name())
                    .param("name", one.name())
                    .update();
        }
    }

    private void drop(TownId town, Whom whom) {
        Set<String> theirs = whom.serversOfPersons();
        letters.hosts(town).stream()
                .filter(host -> whom.isServer(host) || theirs.contains(ServerName.of(host)))
                .flatMap(host -> letters.waiting(town, host).stream())
                .filter(letter -> isFor(letter, whom))
                .forEach(letter -> {
                    letters.remove(letter);
                    FediverseAnswers.answerIn(letter.body())
                            .ifPresent(answer -> incoming.carried(town, answer, Carried.NOT_SENT));
                });
    }

    private static boolean isFor(Letters.Letter letter, Whom whom) {
        if (!isDropped(letter)) {
            return false;
        }
        JsonNode activity = read(letter);
        return whom.isServer(letter.address().getRawAuthority())
                || Stream.of(
                                activity.path("to"),
                                activity.path("object").path("to"),
                                activity.path("object").path("actor"))
                        .flatMap(StrangeJson::ids)
                        .anyMatch(whom::isPerson);
    }

    long count(TownId town, Collection<Blocked> whom) {
        Whom those = Whom.of(whom);
        long count = 0;
        long after = 0;
        List<Followers.Follower> page;
        do {
            long last = after;
            page = Objects.requireNonNull(reading.execute(status -> followers.page(town, last, TOGETHER)));
            count += page.stream().filter(one -> those.is(one.who())).count();
            after = page.isEmpty() ? after : page.getLast().id();
        } while (!page.isEmpty());
        return count;
    }

    @Scheduled(initialDelay = 3_050, fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
    void carry() {
        try {
            List<Long> due = Objects.requireNonNull(
                    reading.execute(status -> jdbc.sql("SELECT DISTINCT town_id FROM fediverse_cut")
                            .query(Long.class)
                            .list()));
            due.forEach(town -> carry(new TownId(town)));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Who is blocked follows until the database answers: {}", e.getMessage());
        }
    }

    private void carry(TownId town) {
        List<Blocked> asked = Objects.requireNonNull(reading.execute(status -> jdbc.sql(
                        "SELECT scope, name FROM fediverse_cut WHERE town_id = :town")
                .param("town", town.value())
                .query((row, n) -> new Blocked(Scope.valueOf(row.getString("scope")), row.getString("name")))
                .list()));
        Whom whom = Whom.of(asked);
        Town where = towns.get(town);
        long after = 0;
        long gone = 0;
        List<Followers.Follower> page;
        do {
            long last = after;
            page = Objects.requireNonNull(reading.execute(status -> followers.page(town, last, TOGETHER)));
            List<Followers.Follower> cut =
                    page.stream().filter(one -> whom.is(one.who())).toList();
            if (!cut.isEmpty()) {
                writing.executeWithoutResult(status -> remove(where, whom, cut));
            }
            gone += cut.size();
            after = page.isEmpty() ? after : page.getLast().id();
        } while (!page.isEmpty());
        for (List<Blocked> some : Batches.of(asked, TOGETHER)) {
            writing.executeWithoutResult(status -> letIn(town, some));
        }
        LOG.info("{} who followed town {} are blocked and follow no more", gone, town.value());
    }

    private void remove(Town town, Whom whom, List<Followers.Follower> cut) {
        Instant now = clock.instant();
        followers.remove(town.id(), cut, now);
        cut.stream()
                .filter(one -> whom.isPerson(one.who()))
                .forEach(one -> actors.byId(town, one.account()).ifPresent(account -> tell(account, one, now)));
    }

    /** Where somebody is meant and not their server: that is told that they follow no more. In the caller's transaction. */
    void tell(Actor account, Followers.Follower one, Instant now) {
        if (one.alone()) {
            letters.waiting(account.town(), one.inbox().getRawAuthority()).stream()
                    .filter(letter -> letter.address().equals(one.inbox()) && isDropped(letter))
                    .forEach(letters::remove);
        }
        letters.takeAway(account, one.inbox(), reject(account, one), now);
    }

    /** Whether it does not leave any more for who is blocked. */
    static boolean isDropped(Letters.Letter letter) {
        return !letter.owed() && !takesAway(letter.body());
    }

    /** Whether an activity only takes away: whoever is blocked is told that all the same. */
    static boolean takesAway(byte[] activity) {
        return TAKE_AWAY.contains(StrangeJson.text(JsonMapper.shared().readTree(activity), "type"));
    }

    private static JsonNode read(Letters.Letter letter) {
        return JsonMapper.shared().readTree(letter.body());
    }

    private static byte[] reject(Actor own, Followers.Follower one) {
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
