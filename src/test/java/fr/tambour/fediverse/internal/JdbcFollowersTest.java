package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.notice.Kind;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcFollowersTest {

    private static final AtomicLong TOWNS = new AtomicLong(1);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final KeyPair KEYS = keys();

    private final Engine engine;
    private final Followers followers;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final Actor ville = new Actor(
            7,
            town,
            Actor.Kind.TOWN,
            "ville",
            URI.create("https://clairval.example"),
            "clairval.example",
            KEYS.getPublic(),
            KEYS.getPrivate());

    JdbcFollowersTest(Engine engine) {
        this.engine = engine;
        this.followers = engine.make(JdbcFollowers.class, Ids.class);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void anAccount() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.jdbc()
                .sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at)
                        VALUES (:town, 7, 'TOWN', 'x', 'x', :now)
                        """)
                .param("town", town.value())
                .param("now", Millis.of(NOW))
                .update();
    }

    private static RemoteActor at(String host, String name, boolean shared) {
        URI own = URI.create("https://" + host + "/" + name + "/inbox");
        return new RemoteActor(
                URI.create("https://" + host + "/" + name),
                own,
                shared ? URI.create("https://" + host + "/inbox") : own,
                Map.of());
    }

    private void follows(RemoteActor who) {
        engine.writing()
                .executeWithoutResult(status -> followers.add(ville, who, URI.create(who.uri() + "#follow"), NOW));
    }

    private void leaves(RemoteActor who, Instant at) {
        engine.writing().executeWithoutResult(status -> followers.remove(ville, who.uri(), at));
    }

    private List<FollowingInbox> told(Reach... earlier) {
        return told(true, earlier);
    }

    private List<FollowingInbox> told(boolean current, Reach... earlier) {
        return engine.reading()
                .execute(status -> followers.inboxes(town, current, List.of(earlier), 0, Long.MAX_VALUE, 100));
    }

    private Reach upToNow(Instant openedAt) {
        return new Reach(
                0,
                engine.reading().execute(status -> followers.highestKey(town)),
                new Audience(Kind.NEWS, false, Set.of(), Set.of()),
                new Hours.Any(),
                openedAt,
                openedAt,
                null);
    }

    @Test
    void aServerWhereManyFollowIsOneRecipient() {
        IntStream.range(0, 5).forEach(i -> follows(at("many.example", "reader" + i, true)));
        follows(at("alone.example", "a", false));
        follows(at("alone.example", "b", false));

        assertThat(told())
                .extracting(inbox -> inbox.address().toString())
                .containsExactly(
                        "https://many.example/inbox", "https://alone.example/a/inbox", "https://alone.example/b/inbox");
        assertThat(told()).extracting(FollowingInbox::shared).containsExactly(true, false, false);
        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isEqualTo(7);
    }

    @Test
    void whoFollowsTwiceFollowsOnce() {
        follows(at("one.example", "a", true));
        follows(at("one.example", "a", true));

        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isEqualTo(1);
    }

    @Test
    void fromWhereTheLastHasLeftNothingNewIsToldButWhatWasToldIsTakenBack() {
        RemoteActor one = at("some.example", "one", true);
        RemoteActor two = at("some.example", "two", true);
        follows(one);
        follows(two);
        leaves(one, NOW.plusSeconds(10));
        assertThat(told()).hasSize(1);

        leaves(two, NOW.plusSeconds(20));

        assertThat(told()).isEmpty();
        assertThat(told(false, upToNow(NOW.plusSeconds(15)))).hasSize(1);
        assertThat(told(false, upToNow(NOW.plusSeconds(25)))).isEmpty();
    }

    @Test
    void whoComesBackIsTheSameRecipient() {
        RemoteActor one = at("back.example", "one", true);
        follows(one);
        long key = told().getFirst().key();
        leaves(one, NOW.plusSeconds(10));
        follows(one);

        assertThat(told()).extracting(FollowingInbox::key).containsExactly(key);
    }

    @Test
    void whoMovesToAnotherInboxLeavesTheFirst() {
        follows(at("moves.example", "one", false));
        follows(at("moves.example", "one", true));

        assertThat(told()).extracting(FollowingInbox::shared).containsExactly(true);
    }

    @Test
    void anInboxThatIsGoneIsForgottenWithWhoReadThere() {
        RemoteActor one = at("gone.example", "one", false);
        follows(one);
        FollowingInbox inbox = told().getFirst();

        engine.writing().executeWithoutResult(status -> followers.forget(town, inbox));

        assertThat(told(false, upToNow(NOW))).isEmpty();
        assertThat(engine.reading().<Boolean>execute(status -> followers.follows(town, one.uri())))
                .isFalse();
    }

    @Test
    void pagesFollowOneAnother() {
        IntStream.range(0, 10).forEach(i -> follows(at("host" + i + ".example", "a", true)));
        List<Long> keys = told().stream().map(FollowingInbox::key).toList();

        assertThat(keys).isSorted();
        assertThat(engine.reading().<Long>execute(status -> followers.boundary(town, 0, Long.MAX_VALUE, 4)))
                .isEqualTo(keys.get(3));
        assertThat(engine.reading().<Long>execute(status -> followers.boundary(town, 0, keys.getLast(), 40)))
                .isEqualTo(keys.getLast());
        assertThat(engine.reading()
                        .<List<FollowingInbox>>execute(
                                status -> followers.inboxes(town, true, List.of(), keys.get(3), keys.get(7), 100)))
                .hasSize(4);
        assertThat(engine.reading().<Long>execute(status -> followers.inboxes(town, keys.get(3), keys.get(7))))
                .isEqualTo(4);
    }

    @Test
    void whatWasAskedForIsTakenBackByItsName() {
        RemoteActor one = at("undo.example", "one", true);
        follows(one);

        engine.writing()
                .executeWithoutResult(status ->
                        followers.removeAsked(ville, one.uri(), URI.create("https://undo.example/other"), NOW));
        assertThat(told()).hasSize(1);
        engine.writing()
                .executeWithoutResult(
                        status -> followers.removeAsked(ville, one.uri(), URI.create(one.uri() + "#follow"), NOW));
        assertThat(told()).isEmpty();
    }

    @Test
    void oneHostHasNotAnyNumberOfInboxes() {
        engine.jdbc().sql("""
                        INSERT INTO fediverse_inbox (town_id, id, address, host, shared)
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                        SELECT :town, i, 'https://crowd.example/' || i, 'crowd.example', 0 FROM n
                        """).param("town", town.value()).update();

        assertThat(engine.writing()
                        .<Boolean>execute(status -> followers.add(
                                ville, at("crowd.example", "x", false), URI.create("https://crowd.example/f"), NOW)))
                .isFalse();
        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isZero();
    }
}
