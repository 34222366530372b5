package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.notice.Kind;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcFollowersTest {

    private static final AtomicLong TOWNS = new AtomicLong(1);
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final long VILLE = 7;
    private static final long JEUNESSE = 8;
    private static final Told ALL = Told.anew(Set.of(VILLE));

    private final Engine engine;
    private final Followers followers;
    private final TownId town = new TownId(TOWNS.incrementAndGet());
    private final Actor ville = TestAccounts.of(town, VILLE, "ville");
    private final Actor jeunesse = TestAccounts.of(town, JEUNESSE, "jeunesse");

    JdbcFollowersTest(Engine engine) {
        this.engine = engine;
        this.followers = engine.make(JdbcFollowers.class, Ids.class);
    }

    private static Told told(boolean current, Reach[] earlier, Long... accounts) {
        return new Told(
                current ? Set.of(accounts) : Set.of(),
                Stream.of(earlier)
                        .map(reach -> new Told.Earlier(reach, Set.of(accounts)))
                        .toList());
    }

    @BeforeEach
    void anAccount() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        engine.clock().moveTo(NOW);
        engine.jdbc()
                .sql("""
                        INSERT INTO fediverse_actor (town_id, id, kind, public_key, private_key, made_at, theme_id)
                        VALUES (:town, 7, 'TOWN', 'x', 'x', :now, NULL), (:town, 8, 'THEME', 'x', 'x', :now, 3)
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

    private void follows(RemoteActor who, Actor whom) {
        engine.writing()
                .executeWithoutResult(
                        status -> followers.add(whom, who, URI.create(who.uri() + "#follow-" + whom), NOW));
    }

    private void leaves(RemoteActor who, Instant at) {
        leaves(who, ville, at);
    }

    private void leaves(RemoteActor who, Actor whom, Instant at) {
        engine.writing().executeWithoutResult(status -> followers.remove(whom, who.uri(), at));
    }

    private List<FollowingInbox> told(Reach... earlier) {
        return told(true, earlier);
    }

    private List<FollowingInbox> told(boolean current, Reach... earlier) {
        return engine.reading()
                .execute(status -> followers.inboxes(town, told(current, earlier, ville.id()), 0, Long.MAX_VALUE, 100));
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
    void whoReadsElsewhereNowIsToldThereWhateverTheyFollowAndOthersWhereTheyWere() {
        follows(at("reads.example", "one", true));
        follows(at("reads.example", "one", true), jeunesse);
        follows(at("reads.example", "two", true));
        RemoteActor now = at("reads.example", "one", false);

        engine.writing().executeWithoutResult(status -> {
            followers.readsAt(town, now, NOW);
            followers.readsAt(town, at("reads.example", "nobody", false), NOW);
        });

        assertThat(told())
                .extracting(FollowingInbox::address)
                .containsExactlyInAnyOrder(now.inbox(), URI.create("https://reads.example/inbox"));
        long young = engine.reading().execute(status -> followers.count(jeunesse));
        assertThat(young).isEqualTo(1);
        List<FollowingInbox> toldOfTheme = engine.reading()
                .execute(status -> followers.inboxes(town, Told.anew(Set.of(JEUNESSE)), 0, Long.MAX_VALUE, 100));
        assertThat(toldOfTheme).extracting(FollowingInbox::address).containsExactly(now.inbox());
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
                                status -> followers.inboxes(town, ALL, keys.get(3), keys.get(7), 100)))
                .hasSize(4);
        assertThat(engine.reading().<Long>execute(status -> followers.count(town, ALL, keys.get(3), keys.get(7))))
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

    private static final Failure SILENT = new Failure(Failure.Why.SILENT, 0, null);

    private void fails(String host, Instant at) {
        fails(host, at, SILENT);
    }

    private void fails(String host, Instant at, Failure why) {
        engine.clock().moveTo(at);
        engine.writing()
                .executeWithoutResult(
                        status -> followers.fail(town, Set.of(host), why, at, at.minus(Duration.ofDays(1))));
    }

    /** Whenever it is tried. */
    private void failsFrom(double first, double last, String... hosts) {
        for (double days = first; days <= last - 1; days++) {
            for (String host : hosts) {
                fails(host, day(days));
            }
        }
        for (String host : hosts) {
            fails(host, day(last));
        }
    }

    private void isWell(String host, Instant at) {
        engine.clock().moveTo(at);
        engine.writing().executeWithoutResult(status -> followers.areWell(town, Set.of(host), at));
    }

    private static Instant day(double days) {
        return NOW.plusSeconds(Math.round(days * 86_400));
    }

    private long counted() {
        return engine.reading().execute(status -> followers.count(town, ALL, 0, Long.MAX_VALUE));
    }

    @Test
    void aHostThatTookNothingForAWeekIsSetAsideWithItsFollowersAndTakenBackWhenItSpeaks() {
        follows(at("dead.example", "one", true));
        follows(at("well.example", "one", true));
        failsFrom(0, 6.9, "dead.example");
        assertThat(told()).hasSize(2);
        assertThat(told()).extracting(FollowingInbox::isFailing).containsExactly(true, false);

        fails("dead.example", day(8));

        assertThat(told()).extracting(FollowingInbox::host).containsExactly("well.example");
        assertThat(counted()).isEqualTo(1);
        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isEqualTo(2);

        isWell("dead.example", day(9));
        assertThat(told()).hasSize(2);
        assertThat(counted()).isEqualTo(2);
        assertThat(told()).extracting(FollowingInbox::isFailing).containsOnly(false);
    }

    @Test
    void whatIsUnderWayToAHostThatIsSetAsideIsTriedOn() {
        follows(at("dead.example", "one", true));
        follows(at("well.example", "one", true));
        long key = told().getFirst().key();
        failsFrom(0, 8, "dead.example");

        assertThat(engine.reading().<List<FollowingInbox>>execute(status -> followers.inboxes(town, ALL, List.of(key))))
                .hasSize(1);
    }

    @Test
    void oneThatFailedOnceAndWasNotAskedAgainIsNotSetAside() {
        follows(at("blip.example", "one", true));
        follows(at("well.example", "one", true));
        fails("blip.example", day(0));

        engine.clock().moveTo(day(40));

        assertThat(told()).hasSize(2);
    }

    @Test
    void oneThatTookSomethingInBetweenBeginsAnew() {
        follows(at("shaky.example", "one", true));
        follows(at("well.example", "one", true));
        failsFrom(0, 4, "shaky.example");
        isWell("shaky.example", day(5));
        failsFrom(5.5, 8, "shaky.example");

        assertThat(told()).hasSize(2);
    }

    @Test
    void whereNobodyTakesAnythingOurOwnLineIsCutAndNobodyIsSetAside() {
        follows(at("one.example", "one", true));
        follows(at("other.example", "one", true));
        failsFrom(0, 9.5, "one.example", "other.example");

        assertThat(told()).hasSize(2);
    }

    @Test
    void whoIsSetAsideIsTriedOnceAWeek() {
        follows(at("dead.example", "one", true));
        follows(at("well.example", "one", true));
        failsFrom(0, 8, "dead.example");
        engine.clock().moveTo(day(14.9));
        assertThat(told()).hasSize(1);
        engine.clock().moveTo(day(15.1));
        assertThat(told()).hasSize(2);

        fails("dead.example", day(15.2));

        assertThat(told()).hasSize(1);
    }

    @Test
    void whatWasToldBeforeAHostWasSetAsideIsTakenBackThereAndNotWhatCameOutLater() {
        follows(at("dead.example", "one", true));
        follows(at("well.example", "one", true));
        failsFrom(0, 8, "dead.example");

        assertThat(told(false, upToNow(day(7)))).hasSize(2);
        assertThat(told(false, upToNow(day(8.5)))).hasSize(1);
    }

    @Test
    void aFailureIsNotedOnceADayAndNotByRow() {
        follows(at("dead.example", "one", true));
        fails("dead.example", day(0));
        fails("dead.example", day(0.5));
        assertThat(told().getFirst().failedAt()).isEqualTo(day(0));
        fails("dead.example", day(1));

        assertThat(told().getFirst().failedAt()).isEqualTo(day(1));

        Failure full = new Failure(Failure.Why.OVERLOADED, 503, day(2));
        fails("dead.example", day(1.1), full);
        assertThat(told().getFirst().failedAt()).as("for another reason").isEqualTo(day(1.1));
        assertThat(told().getFirst().failure()).isEqualTo(full);
    }

    @Test
    void twoEvilsAWeekApartAreNoLongOne() {
        follows(at("shaky.example", "one", true));
        follows(at("well.example", "one", true));
        fails("shaky.example", day(0));
        fails("shaky.example", day(8));
        fails("shaky.example", day(16));

        assertThat(told()).hasSize(2);
        failsFrom(17, 22, "shaky.example");
        assertThat(told()).as("six days since the last began").hasSize(2);
        fails("shaky.example", day(23.5));
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatAClockThatWasAheadNotedHoldsNobodyBack() {
        follows(at("dead.example", "one", true));
        follows(at("well.example", "one", true));
        failsFrom(100, 108, "dead.example");
        assertThat(told()).hasSize(1);

        engine.clock().moveTo(day(1));
        assertThat(told()).as("it was not set aside yet").hasSize(2);

        failsFrom(1, 7.5, "dead.example");
        assertThat(told()).as("it fails since that day").hasSize(2);
        assertThat(told().getFirst().failedAt()).isEqualTo(day(7.5));
        fails("dead.example", day(8.6));
        assertThat(told()).hasSize(1);
    }

    @Test
    void anInboxThatWantsNothingIsNotItsWholeHost() {
        follows(at("two.example", "one", false));
        follows(at("two.example", "two", false));
        long key = told().getFirst().key();
        Failure refused = new Failure(Failure.Why.REFUSES, 403, null);

        engine.writing().executeWithoutResult(status -> followers.refuse(town, List.of(key), refused, day(0), day(-1)));

        assertThat(told()).extracting(FollowingInbox::isFailing).containsExactly(true, false);
        assertThat(told().getFirst().failure()).isEqualTo(refused);
    }

    @Test
    void howServersStandIsToldByHostWithTheLastReasonThoseOfMostFollowersFirst() {
        DeliveryHealth health = engine.make(DeliveryHealth.class);
        follows(at("well.example", "one", true));
        follows(at("small.example", "one", true));
        IntStream.range(0, 3).forEach(i -> follows(at("large.example", "reader" + i, true)));
        follows(at("large.example", "reader0", true), jeunesse);
        follows(at("two.example", "one", false));
        follows(at("two.example", "two", false));
        follows(at("dead.example", "one", true));
        RemoteActor gone = at("left.example", "one", true);
        follows(gone);
        failsFrom(0, 8, "dead.example", "left.example");
        leaves(gone, day(8));
        fails("small.example", day(7));
        fails("large.example", day(6));
        fails("large.example", day(8), new Failure(Failure.Why.OVERLOADED, 503, day(9)));
        long two = told().stream()
                .filter(inbox -> inbox.address().getPath().equals("/two/inbox"))
                .findFirst()
                .orElseThrow()
                .key();
        Failure refused = new Failure(Failure.Why.REFUSES, 403, null);
        engine.writing().executeWithoutResult(status -> followers.refuse(town, List.of(two), refused, day(8), day(7)));

        assertThat(health.of(town)).isEqualTo(new DeliveryHealth.Sum(1, 3, 1));
        assertThat(health.ailing(town, false, 10, 0))
                .containsExactly(
                        new DeliveryHealth.Ailing(
                                "large.example", day(6), null, 3, new Failure(Failure.Why.OVERLOADED, 503, day(9))),
                        new DeliveryHealth.Ailing("small.example", day(7), null, 1, SILENT),
                        new DeliveryHealth.Ailing("two.example", day(8), null, 1, refused));
        assertThat(health.ailing(town, false, 1, 1))
                .extracting(DeliveryHealth.Ailing::host)
                .containsExactly("small.example");
        assertThat(health.ailing(town, true, 10, 0))
                .containsExactly(new DeliveryHealth.Ailing("dead.example", day(0), day(8), 1, SILENT));
        isWell("large.example", day(8.5));
        assertThat(health.of(town)).isEqualTo(new DeliveryHealth.Sum(2, 2, 1));
        assertThat(health.of(new TownId(1))).isEqualTo(new DeliveryHealth.Sum(0, 0, 0));
    }

    @Test
    void whatCameOutBeforeAHostWasWellAgainMayHaveBeenMissedThere() {
        follows(at("shaky.example", "one", true));
        assertThat(told().getFirst().mayHaveMissed(day(0))).isFalse();
        fails("shaky.example", day(1));
        assertThat(told().getFirst().mayHaveMissed(day(1))).isTrue();
        isWell("shaky.example", day(2));

        assertThat(told().getFirst().mayHaveMissed(day(1))).isTrue();
        assertThat(told().getFirst().mayHaveMissed(day(3))).isFalse();

        long key = told().getFirst().key();
        engine.writing().executeWithoutResult(status -> followers.missed(town, List.of(key), day(4)));
        assertThat(told().getFirst().mayHaveMissed(day(3))).isTrue();
    }

    @Test
    void whoComesBackMayHaveMissedWhatCameOutMeanwhile() {
        RemoteActor one = at("back.example", "one", true);
        follows(one);
        leaves(one, NOW.minusSeconds(10));
        follows(one);

        assertThat(told().getFirst().mayHaveMissed(NOW.minusSeconds(5))).isTrue();
    }

    @Test
    void whoIsCutOffFollowsNoMoreAndOthersGoOn() {
        follows(at("blocked.example", "one", true));
        follows(at("blocked.example", "one", true), jeunesse);
        follows(at("blocked.example", "two", false));
        follows(at("half.example", "stays", true));
        follows(at("half.example", "goes", true));
        List<Followers.Follower> all = engine.reading().execute(status -> followers.page(town, 0, 100));
        assertThat(all).hasSize(5);
        assertThat(engine.reading()
                        .<List<Followers.Follower>>execute(
                                status -> followers.page(town, all.get(1).id(), 2)))
                .isEqualTo(all.subList(2, 4));

        engine.writing()
                .executeWithoutResult(status -> followers.remove(
                        town,
                        all.stream()
                                .filter(one -> !one.who().getPath().equals("/stays"))
                                .toList(),
                        NOW));

        assertThat(told())
                .singleElement()
                .satisfies(inbox -> assertThat(inbox.host()).isEqualTo("half.example"));
        assertThat(toldOf(true, List.of(JEUNESSE))).isEmpty();
        assertThat(engine.reading().<List<Followers.Follower>>execute(status -> followers.page(town, 0, 100)))
                .extracting(one -> one.who().getPath())
                .containsExactly("/stays");
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

    private List<FollowingInbox> toldOf(boolean current, List<Long> accounts, Reach... earlier) {
        Told told = told(current, earlier, accounts.toArray(Long[]::new));
        return engine.reading().execute(status -> followers.inboxes(town, told, 0, Long.MAX_VALUE, 100));
    }

    @Test
    void anInboxIsToldOnceAndItIsKnownWhichAccountsAreFollowedThere() {
        follows(at("both.example", "one", true));
        follows(at("both.example", "two", true), jeunesse);
        follows(at("young.example", "one", true), jeunesse);
        follows(at("town.example", "one", true));

        List<FollowingInbox> told = toldOf(true, List.of(VILLE, JEUNESSE));

        assertThat(told)
                .extracting(FollowingInbox::host)
                .containsExactly("both.example", "young.example", "town.example");
        assertThat(told).extracting(inbox -> inbox.follows(VILLE)).containsExactly(true, false, true);
        assertThat(told).extracting(inbox -> inbox.follows(JEUNESSE)).containsExactly(true, true, false);
        assertThat(engine.reading()
                        .<Long>execute(
                                status -> followers.count(town, Told.anew(Set.of(VILLE, JEUNESSE)), 0, Long.MAX_VALUE)))
                .isEqualTo(3);
    }

    @Test
    void whatIsOfAnotherThemeIsNotToldWhereOnlyThisOneIsFollowed() {
        follows(at("young.example", "one", true), jeunesse);
        follows(at("town.example", "one", true));

        assertThat(told()).extracting(FollowingInbox::host).containsExactly("town.example");
        assertThat(counted()).isEqualTo(1);
        assertThat(told(false, upToNow(NOW))).extracting(FollowingInbox::host).containsExactly("town.example");
    }

    @Test
    void whereAThemeIsFollowedNoMoreWhatItRepostedIsTakenBackThoughTheTownIsFollowedOn() {
        RemoteActor one = at("some.example", "one", true);
        follows(one, jeunesse);
        follows(one);
        Reach before = upToNow(NOW.plusSeconds(5));
        leaves(one, jeunesse, NOW.plusSeconds(10));

        FollowingInbox inbox = toldOf(false, List.of(JEUNESSE), before).getFirst();

        assertThat(inbox.follows(JEUNESSE)).isFalse();
        assertThat(inbox.followed(JEUNESSE, NOW.plusSeconds(5))).isTrue();
        assertThat(inbox.followed(JEUNESSE, NOW.plusSeconds(15))).isFalse();
        assertThat(toldOf(false, List.of(JEUNESSE), upToNow(NOW.plusSeconds(15))))
                .isEmpty();
        assertThat(told()).hasSize(1);
    }

    @Test
    void whoFollowsAnotherAccountFromAServerThatIsKnownMayHaveMissedWhatThatToldBefore() {
        RemoteActor one = at("some.example", "one", true);
        follows(one, jeunesse);
        assertThat(toldOf(true, List.of(JEUNESSE)).getFirst().mayHaveMissed(NOW))
                .isFalse();

        follows(one);

        assertThat(told().getFirst().mayHaveMissed(NOW)).isTrue();
    }

    @Test
    void whoseInboxIsGoneFollowsNoAccountAnyMore() {
        RemoteActor one = at("some.example", "one", false);
        follows(one);
        follows(one, jeunesse);

        engine.writing().executeWithoutResult(status -> followers.forget(town, told().getFirst()));

        assertThat(toldOf(true, List.of(VILLE, JEUNESSE))).isEmpty();
        assertThat(engine.reading().<Long>execute(status -> followers.count(jeunesse)))
                .isZero();
    }

    /** Of two servers' answers no two nodes hear in the same order which inboxes are gone. */
    @Test
    void twoNodesThatForgetTheSameInboxesInAnotherOrderDoNotWaitForEachOtherForEver() throws Exception {
        follows(at("a.example", "one", false));
        follows(at("b.example", "one", false));
        FollowingInbox first = told().getFirst();
        FollowingInbox second = told().getLast();

        try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            Future<Boolean> one = nodes.submit(() -> forgotten(both, first, second));
            Future<Boolean> other = nodes.submit(() -> forgotten(both, second, first));
            assertThat(one.get()).isTrue();
            assertThat(other.get()).isTrue();
        }

        assertThat(told(false, upToNow(NOW))).isEmpty();
        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isZero();
    }

    private Boolean forgotten(CyclicBarrier both, FollowingInbox first, FollowingInbox second) {
        return engine.writing().execute(status -> {
            followers.forget(town, first);
            if (engine.dialect() == Dialect.POSTGRESQL) {
                // SQLite has one writer: there the other one has not even begun.
                try {
                    both.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
            followers.forget(town, second);
            return true;
        });
    }

    @Test
    void whoMovesElsewhereWhileTheirOldInboxIsForgottenFollowsFromTheNewOne() throws Exception {
        follows(at("old.example", "one", false));
        FollowingInbox old = told().getFirst();
        RemoteActor moved = new RemoteActor(
                at("old.example", "one", false).uri(),
                URI.create("https://new.example/one/inbox"),
                URI.create("https://new.example/inbox"),
                Map.of());

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Runnable forgets = () -> engine.writing().executeWithoutResult(status -> followers.forget(town, old));
            Future<?> forgotten = engine.writing().<Future<?>>execute(status -> {
                followers.add(ville, moved, URI.create("https://old.example/one#follow"), NOW);
                Future<?> begun = other.submit(forgets);
                if (engine.dialect() == Dialect.POSTGRESQL) {
                    // SQLite has one writer: there it has to wait.
                    assertThat(begun).succeedsWithin(Duration.ofMinutes(1));
                }
                return begun;
            });
            forgotten.get();
        }

        assertThat(told()).extracting(FollowingInbox::host).containsExactly("new.example");
        assertThat(engine.reading().<Long>execute(status -> followers.count(ville)))
                .isEqualTo(1);
    }

    @Test
    void whoIsGoneEverywhereFollowsNoAccountAndTheServerIsToldNothingNew() {
        RemoteActor one = at("some.example", "one", true);
        follows(one);
        follows(one, jeunesse);

        engine.writing()
                .executeWithoutResult(status -> followers.removeEverywhere(town, one.uri(), NOW.plusSeconds(1)));

        assertThat(toldOf(true, List.of(VILLE, JEUNESSE))).isEmpty();
        assertThat(toldOf(false, List.of(VILLE, JEUNESSE), upToNow(NOW))).hasSize(1);
    }

    private static final Town CLAIRVAL = new Town(
            new TownId(3), "clairval", TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false, 1);

    private static Optional<URI> whose(String address, Map<String, String> documents) throws Exception {
        OutboundClient client = (request, answer) -> {
            String resource = URLDecoder.decode(request.address().getRawQuery(), StandardCharsets.UTF_8)
                    .replace("resource=", "");
            String document = documents.get(request.address().getRawAuthority() + " " + resource);
            answer.accept(new OutboundAnswer.Answered(
                    document == null ? 404 : 200,
                    Map.of(),
                    String.valueOf(document).getBytes(StandardCharsets.UTF_8),
                    true));
        };
        return AddressLookup.whose(new WebFinger(client), CLAIRVAL, address).get(1, TimeUnit.MINUTES);
    }

    private static String jrd(String subject, String self) {
        return """
                {"subject":"acct:%s","links":[{"rel":"http://webfinger.net/rel/profile-page","type":"text/html","href":"https://x.example/"},
                 {"rel":"self","type":"application/activity+json","href":"%s"}]}""".formatted(subject, self);
    }

    @Test
    void whoseAnAddressIsItsServerSaysAndOfAnotherHostThatHostAsWell() throws Exception {
        String number = "https://misskey.example/users/9abc";
        assertThat(whose(
                        "alice@misskey.example",
                        Map.of("misskey.example acct:alice@misskey.example", jrd("alice@misskey.example", number))))
                .as("a number stands in its identifier")
                .hasValue(URI.create(number));

        String split = "https://social.ville.example/users/alice";
        Map<String, String> both = Map.of(
                "ville.example acct:alice@ville.example", jrd("alice@ville.example", split),
                "social.ville.example acct:alice@social.ville.example", jrd("Alice@ville.example", split));
        assertThat(whose("alice@ville.example", both)).hasValue(URI.create(split));

        Map<String, String> liar = Map.of(
                "evil.example acct:bob@evil.example", jrd("bob@evil.example", "https://good.example/users/bob"),
                "good.example acct:bob@good.example", jrd("bob@good.example", "https://good.example/users/bob"));
        assertThat(whose("bob@evil.example", liar))
                .as("who is blocked has nobody else cut off")
                .isEmpty();
        assertThat(whose("nobody@good.example", liar)).isEmpty();
    }

    @Test
    void whoseAnAddressIsIsAskedByOneNodeAtATimeUntilItIsKnown() {
        Lookups lookups = engine.make(Lookups.class);
        engine.writing().executeWithoutResult(status -> {
            lookups.add(town, "alice@a.example", NOW);
            lookups.add(town, "bob@b.example", NOW);
            lookups.remove(town, "bob@b.example");
        });
        Duration lease = Duration.ofMinutes(2);
        Supplier<List<Lookups.Lookup>> take = () -> engine.writing()
                .execute(status -> lookups.take(engine.clock().instant(), lease, 10).stream()
                        .filter(one -> one.town().equals(town))
                        .toList());

        Lookups.Lookup first = new Lookups.Lookup(town, "alice@a.example", 1);
        assertThat(take.get()).containsExactly(first);
        assertThat(take.get()).isEmpty();
        engine.clock().moveTo(NOW.plus(lease));
        assertThat(take.get()).extracting(Lookups.Lookup::attempts).containsExactly(2);
        engine.writing().executeWithoutResult(status -> lookups.putOff(first, NOW.plusSeconds(600)));
        engine.clock().moveTo(NOW.plusSeconds(599));
        assertThat(take.get()).isEmpty();
        engine.clock().moveTo(NOW.plusSeconds(600));
        assertThat(take.get()).hasSize(1);
    }

    @Test
    void whereSomebodyReadsIsKnownHoweverTheirIdentifierIsWritten() {
        Whom whom = Whom.of(List.of(
                new Blocked(Scope.AUTHOR, "https://a.example/@alice"),
                new Blocked(Scope.AUTHOR, "https://b.example:8443/users/bob"),
                new Blocked(Scope.ADDRESS, "carol@c.example")));

        assertThat(whom.serversOfPersons()).containsExactlyInAnyOrder("a.example", "b.example", "c.example");
    }
}
