package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Ids;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits to follow: once each, no more of one server than it may have, and nobody for longer than they want to. */
@OnBothEngines
class AskingsTest {

    private static final AtomicLong TOWNS = new AtomicLong(900);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private final Engine engine;
    private final Askings askings;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final Actor ville = TestAccounts.of(town, 7, "ville");
    private final Actor jeunesse = TestAccounts.of(town, 8, "jeunesse");

    AskingsTest(Engine engine) {
        this.engine = engine;
        this.askings = engine.make(Askings.class, Ids.class);
    }

    @BeforeEach
    void anAccountThatApprovesAndOneThatDoesNot() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.jdbc().sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, theme_id, approves_since)
                        VALUES (:town, 7, 'TOWN', 'x', 'x', 0, NULL, 1), (:town, 8, 'THEME', 'x', 'x', 0, 3, NULL)
                        """).param("town", town.value()).update();
    }

    private static RemoteActor at(String host, String name) {
        URI who = URI.create("https://" + host + "/" + name);
        return new RemoteActor(
                who,
                URI.create(who + "/inbox"),
                URI.create("https://" + host + "/inbox"),
                Map.of(),
                name,
                "Nom\nde " + name,
                who,
                Set.of());
    }

    private boolean asks(Actor whom, RemoteActor who, String number) {
        return Boolean.TRUE.equals(engine.writing()
                .execute(status -> askings.add(whom, who, URI.create(who.uri() + "#" + number), NOW)));
    }

    private List<Asking> waiting() {
        return reads(() -> askings.oldest(town, 1_000));
    }

    private <T> T reads(Supplier<T> work) {
        return Objects.requireNonNull(engine.reading().execute(status -> work.get()));
    }

    private Optional<Asking> taken(long id) {
        return Objects.requireNonNull(engine.writing().execute(status -> askings.take(town, id)));
    }

    private void writes(Runnable change) {
        engine.writing().executeWithoutResult(status -> change.run());
    }

    @Test
    void whoAsksAgainWaitsOnceAndIsAnsweredAboutWhatTheyAskedByLast() {
        assertThat(asks(ville, at("a.example", "alice"), "1")).isTrue();
        assertThat(asks(ville, at("a.example", "alice"), "2")).isTrue();

        assertThat(waiting()).singleElement().satisfies(asking -> {
            assertThat(asking.follow()).hasToString("https://a.example/alice#2");
            assertThat(asking.handle()).isEqualTo("alice@a.example");
            assertThat(asking.displayed()).isEqualTo("Nom de alice");
            assertThat(asking.host()).isEqualTo("a.example");
            assertThat(asking.sharedInbox()).hasToString("https://a.example/inbox");
        });
    }

    @Test
    void oneServerHasSoManyWaitingAndAnotherHasRoomAllTheSame() {
        long let = IntStream.range(0, Askings.MOST_OF_ONE_HOST + 5)
                .filter(i -> asks(ville, at("a.example", "a" + i), "1"))
                .count();

        assertThat(let).isEqualTo(Askings.MOST_OF_ONE_HOST);
        assertThat(asks(ville, at("a.example", "a0"), "again"))
                .as("who waits already")
                .isTrue();
        assertThat(asks(ville, at("b.example", "b"), "1")).isTrue();
        assertThat(asks(jeunesse, at("a.example", "other"), "1"))
                .as("for another account")
                .isTrue();
    }

    @Test
    void nobodyIsDecidedAboutTwiceAndWhoTakesItBackWaitsNoMore() {
        asks(ville, at("a.example", "alice"), "1");
        asks(jeunesse, at("a.example", "alice"), "2");
        asks(ville, at("b.example", "bob"), "1");
        long alice = waiting().getFirst().id();

        assertThat(taken(alice)).isPresent();
        assertThat(taken(alice)).isEmpty();
        writes(() -> askings.removeAsked(town, URI.create("https://b.example/bob"), URI.create("https://b.example/x")));
        assertThat(waiting()).hasSize(2);
        writes(() ->
                askings.removeAsked(town, URI.create("https://b.example/bob"), URI.create("https://b.example/bob#1")));
        assertThat(waiting()).singleElement().extracting(Asking::account).isEqualTo(8L);
        writes(() -> askings.removeEverywhere(town, URI.create("https://a.example/alice")));
        assertThat(waiting()).isEmpty();
    }

    @Test
    void onlyWhoWaitsForAnAccountThatLetsAnybodyIsLetInByItself() {
        asks(ville, at("a.example", "alice"), "1");
        asks(jeunesse, at("a.example", "bob"), "1");

        List<Askings.Let> let = reads(() -> askings.let(100)).stream()
                .filter(one -> one.town().equals(town))
                .toList();

        assertThat(let)
                .singleElement()
                .satisfies(one -> assertThat(taken(one.id()))
                        .get()
                        .extracting(Asking::handle)
                        .isEqualTo("bob@a.example"));
    }

    @Test
    void whoWaitsForAnAccountThatIsNoMoreWaitsNoMore() {
        asks(ville, at("a.example:8443", "alice"), "1");
        asks(jeunesse, at("b.example", "bob"), "1");

        writes(() -> askings.removeAll(ville));

        assertThat(waiting()).extracting(Asking::handle).containsExactly("bob@b.example");
        assertThat(reads(() -> askings.count(town))).isEqualTo(1);
    }
}
