package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Incoming;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** What an account tells all who follow it: a page at a time, in order, and no more once it is ended. */
@OnBothEngines
class RoundsTest {

    private static final AtomicLong TOWNS = new AtomicLong(500);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Engine engine;
    private final Followers followers;
    private final Letters letters;
    private final Rounds rounds;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final Actor ville = TestAccounts.of(town, 7, "ville");

    RoundsTest(Engine engine) {
        this.engine = engine;
        this.followers = engine.make(JdbcFollowers.class, Ids.class);
        this.letters = engine.make(Letters.class, Ids.class);
        this.rounds = new Rounds(engine.jdbc(), letters, new Ids());
    }

    @BeforeEach
    void fourServersFollow() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        JdbcClient jdbc = engine.jdbc();
        jdbc.sql("DELETE FROM fediverse_letter").update();
        jdbc.sql("DELETE FROM fediverse_round").update();
        jdbc.sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at)
                        VALUES (:town, 7, 'TOWN', 'x', 'x', 0)
                        """).param("town", town.value()).update();
        for (String name : List.of("a", "b", "c", "d")) {
            engine.writing()
                    .executeWithoutResult(
                            status -> followers.add(ville, on(name), URI.create("https://f.example"), NOW));
        }
    }

    private static RemoteActor on(String name) {
        URI at = URI.create("https://" + name + ".example/one");
        return new RemoteActor(
                at, URI.create(at + "/inbox"), URI.create("https://" + name + ".example/inbox"), Map.of());
    }

    private void begins(String subject, String what) {
        engine.writing()
                .executeWithoutResult(status -> rounds.add(
                        ville, subject, JsonMapper.shared().createObjectNode().put("what", what), NOW));
    }

    private Optional<Rounds.Taken> taken(Instant at) {
        return engine.writing().execute(status -> rounds.take(at, LEASE, Set.of()));
    }

    private List<String> hosts(Rounds.Taken round, int limit) {
        return next(round, limit).stream().map(Rounds.Stop::host).toList();
    }

    private List<Rounds.Stop> next(Rounds.Taken round, int limit) {
        return engine.reading().execute(status -> rounds.next(round, limit));
    }

    private void told(Rounds.Taken taken, List<Rounds.Stop> page, List<Rounds.Stop> untold) {
        Rounds.Round round = new Rounds.Round(taken.id(), ville, taken.subject(), taken.body());
        engine.writing()
                .executeWithoutResult(status ->
                        rounds.told(round, taken, untold, page.getLast().key(), NOW, NOW.plusSeconds(30)));
    }

    private List<String> letters() {
        return engine.jdbc()
                .sql("SELECT host FROM fediverse_letter WHERE town_id = :town")
                .param("town", town.value())
                .query(String.class)
                .list();
    }

    @Test
    void itGoesOnAfterEachPageAndWhoWasNotToldGetsALetter() {
        begins("pin", "x");
        Rounds.Taken first = taken(NOW).orElseThrow();
        assertThat(new String(first.body())).contains("\"what\":\"x\"");
        List<Rounds.Stop> page = next(first, 3);
        assertThat(page).extracting(Rounds.Stop::host).containsExactly("a.example", "b.example", "c.example");

        told(first, page, page.subList(1, 2));

        assertThat(letters()).containsExactly("b.example");
        Rounds.Taken second = taken(NOW).orElseThrow();
        assertThat(hosts(second, 3)).containsExactly("d.example");
        told(second, next(second, 3), List.of());
        Rounds.Taken third = taken(NOW).orElseThrow();
        assertThat(hosts(third, 3)).isEmpty();
        engine.writing().executeWithoutResult(status -> rounds.remove(third));
        assertThat(taken(NOW)).isEmpty();
    }

    @Test
    void whatTellsOfANewKeyKeepsTheOldOneUntilItIsThroughAndNoLonger() {
        Actors.OldKey old = new Actors.OldKey("main-key", "wrapped");
        engine.writing()
                .executeWithoutResult(status -> rounds.add(
                        ville, "account", JsonMapper.shared().createObjectNode().put("what", "key"), old, NOW));
        begins("pin", "x");

        Rounds.Taken first = taken(NOW).orElseThrow();
        assertThat(first.signedWith()).isEqualTo(old);
        assertThat(taken(NOW).orElseThrow().signedWith()).as("of all else").isNull();
        List<Rounds.Stop> page = next(first, 9);
        told(first, page, page);
        Rounds.Taken last = taken(NOW).orElseThrow();
        assertThat(last.signedWith()).isEqualTo(old);
        engine.writing().executeWithoutResult(status -> rounds.remove(last));

        assertThat(engine.jdbc()
                        .sql("SELECT count(*) FROM fediverse_round WHERE private_key IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(letters()).hasSize(4);
    }

    @Test
    void whoIsCarryingItHasItForAWhileAndWhoeverDiesHasLostNothing() {
        begins("pin", "x");
        assertThat(taken(NOW)).isPresent();
        assertThat(taken(NOW.plusSeconds(1))).isEmpty();
        assertThat(hosts(taken(NOW.plus(LEASE)).orElseThrow(), 9)).hasSize(4);
    }

    @Test
    void whoFollowsLaterIsNotToldAndWhoLeavesMeanwhileIs() {
        begins("account", "gone");
        engine.writing().executeWithoutResult(status -> {
            followers.add(ville, on("late"), URI.create("https://f.example"), NOW);
            followers.remove(ville, on("a").uri(), NOW.plusSeconds(1));
            followers.remove(ville, on("b").uri(), NOW.minusSeconds(1));
        });

        assertThat(hosts(taken(NOW).orElseThrow(), 9)).containsExactly("a.example", "c.example", "d.example");
    }

    @Test
    void whoIsSetAsideIsPassedOver() {
        engine.jdbc()
                .sql("UPDATE fediverse_inbox SET aside_at = :now WHERE town_id = :town AND host = 'c.example'")
                .param("town", town.value())
                .param("now", Millis.of(NOW))
                .update();
        begins("pin", "x");

        assertThat(hosts(taken(NOW).orElseThrow(), 9)).containsExactly("a.example", "b.example", "d.example");
    }

    @Test
    void ofOneSubjectTheEndWaitsForTheBeginningAndOthersDoNot() {
        begins("repost 1", "Announce");
        begins("repost 1", "Undo");
        begins("repost 2", "Announce");

        assertThat(new String(taken(NOW).orElseThrow().body())).contains("Announce");
        assertThat(new String(taken(NOW).orElseThrow().body())).contains("Announce");
        assertThat(taken(NOW)).isEmpty();
    }

    @Test
    void whatIsEndedReachesNobodyElseAndIsNotTriedAgain() {
        begins("repost 1", "Announce");
        Rounds.Taken first = taken(NOW).orElseThrow();
        List<Rounds.Stop> page = next(first, 2);
        told(first, page, page);
        assertThat(letters()).hasSize(2);
        Rounds.Taken second = taken(NOW).orElseThrow();
        List<Rounds.Stop> meanwhile = next(second, 1);

        begins("repost 1", "Undo");
        assertThat(letters()).isEmpty();
        assertThat(taken(NOW)).as("while it is being carried").isEmpty();
        told(second, meanwhile, meanwhile);

        assertThat(letters()).isEmpty();
        assertThat(new String(taken(NOW).orElseThrow().body())).contains("Undo");
    }

    @Test
    void whatIsNewsNoMoreAfterAStandstillIsNotToldAndWhatTakesBackIs() {
        Instant later = NOW.plus(Duration.ofDays(8));
        for (String type : List.of("Announce", "Add", "Update", "Undo", "Remove", "Delete")) {
            engine.writing()
                    .executeWithoutResult(status -> rounds.add(
                            ville, type, JsonMapper.shared().createObjectNode().put("type", type), NOW));
            Rounds.Taken round = taken(NOW).orElseThrow();
            assertThat(round.isTooOld(NOW.plus(Duration.ofDays(6)))).as(type).isFalse();
            assertThat(round.isTooOld(later))
                    .as(type)
                    .isEqualTo(!List.of("Undo", "Remove", "Delete").contains(type));
        }
    }

    /** Whom the town blocks, by the books; and where what leaves goes, while something is done. */
    private final class Way implements AutoCloseable {

        final Set<String> booked = new HashSet<>();
        final List<String> sent = new ArrayList<>();
        final StrangersWork work = new StrangersWork();
        final KeptOut keptOut = new KeptOut((Incoming) Proxy.newProxyInstance(
                Incoming.class.getClassLoader(),
                new Class<?>[] {Incoming.class},
                (proxy, method, arguments) -> ((Collection<?>) arguments[1])
                        .stream().filter(booked::contains).collect(Collectors.toSet())));
        final RoundCarrier carrier;

        Way(Consumer<String> meanwhile) {
            OutboundClient client = (request, answer) -> {
                if (!request.wanted().getAsBoolean()) {
                    answer.accept(new OutboundAnswer.Recalled());
                    return;
                }
                sent.add(request.address().getHost());
                meanwhile.accept(request.address().getHost());
                answer.accept(new OutboundAnswer.Answered(202, Map.of(), new byte[0], true));
            };
            PlatformTransactionManager transactions =
                    Objects.requireNonNull(engine.writing().getTransactionManager());
            carrier = new RoundCarrier(
                    rounds,
                    new Delivery(client, work, engine.clock()),
                    null,
                    null,
                    new Standing(followers, engine.clock(), transactions),
                    keptOut,
                    null,
                    engine.clock(),
                    transactions);
        }

        void tells(String type) throws InterruptedException {
            engine.writing()
                    .executeWithoutResult(status -> rounds.add(
                            ville, type, JsonMapper.shared().createObjectNode().put("type", type), NOW));
            Rounds.Taken taken = taken(NOW).orElseThrow();
            carrier.tell(new Rounds.Round(taken.id(), ville, taken.subject(), taken.body()), taken, next(taken, 9));
        }

        @Override
        public void close() {
            work.close();
        }
    }

    private void blocks(Way way, String server) {
        engine.writing()
                .executeWithoutResult(status -> way.keptOut.block(town, List.of(new Blocked(Scope.HOST, server))));
    }

    @Test
    void whoIsBlockedWhileARoundIsUnderWayIsToldNothingMoreOfItAndGetsNoLetter() throws InterruptedException {
        AtomicReference<Way> way = new AtomicReference<>();
        way.set(new Way(host -> {
            if (host.equals("b.example")) {
                blocks(way.get(), "c.example");
            }
        }));
        try (Way under = way.get()) {
            // On another node, before this page began.
            under.booked.add("a.example");

            under.tells("Announce");

            assertThat(under.sent).containsExactly("b.example", "d.example");
            assertThat(letters()).isEmpty();
        }
    }

    @Test
    void whoIsBlockedIsStillToldWhatOnlyTakesAway() throws InterruptedException {
        try (Way way = new Way(host -> {})) {
            blocks(way, "c.example");
            way.booked.add("a.example");

            way.tells("Delete");

            assertThat(way.sent).containsExactly("a.example", "b.example", "c.example", "d.example");
        }
    }

    @Test
    void whoIsLetInAgainOrWasNotBlockedAfterAllIsTold() throws InterruptedException {
        try (Way way = new Way(host -> {})) {
            blocks(way, "c.example");
            engine.writing()
                    .executeWithoutResult(
                            status -> way.keptOut.letIn(town, List.of(new Blocked(Scope.HOST, "c.example"))));
            engine.writing().executeWithoutResult(status -> {
                way.keptOut.block(town, List.of(new Blocked(Scope.HOST, "d.example")));
                status.setRollbackOnly();
            });

            way.tells("Announce");

            assertThat(way.sent).hasSize(4);
        }
    }

    @Test
    void aCarrierThatNeverBeganClosesInSilence() {
        try (Way way = new Way(host -> {})) {
            assertThatCode(way.carrier::close).doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsLeftOfARoundThatIsThroughDoesNotLeaveAfterItsEnd() {
        begins("repost 1", "Announce");
        Rounds.Taken first = taken(NOW).orElseThrow();
        List<Rounds.Stop> page = next(first, 9);
        told(first, page, page.subList(0, 1));
        engine.writing().executeWithoutResult(status -> rounds.remove(taken(NOW).orElseThrow()));
        assertThat(letters()).containsExactly("a.example");

        begins("repost 1", "Undo");

        assertThat(letters()).isEmpty();
    }
}
