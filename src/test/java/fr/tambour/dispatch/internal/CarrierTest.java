package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Channel;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.Lease;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.OpenDispatch;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Retry;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.internal.VanishingNode;
import fr.tambour.storage.internal.WrongMachine;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.testing.TestClock;
import fr.tambour.town.TownId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.UncategorizedDataAccessException;

/** The engine with its threads, on real books, against a channel of the test's. */
@OnBothEngines
class CarrierTest extends PigeonTown {

    CarrierTest(Engine engine) {
        super(engine);
    }

    @Test
    void everybodyIsToldOnceAndAccountedFor() {
        subject.carrier().start();

        NoticeId id = published(Duration.ofHours(1));

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.accepted()).isEqualTo(2_500);
        assertThat(account.total()).isEqualTo(2_500);
        assertThat(account.dispatch().state()).isEqualTo(State.SETTLED);
        assertThat(account.first()).isNotNull().isBeforeOrEqualTo(account.last());
        assertThat(pigeons.told)
                .hasSize(2_500)
                .allSatisfy((key, errands) -> assertThat(errands).hasSize(1));
    }

    @Test
    void whoeverMustWaitIsTriedAgainAndWhoeverIsGoneIsNot() {
        subject.carrier().start();
        pigeons.count = 300;
        pigeons.outcome = key -> key % 10 == 0
                ? new Outcome.Gone()
                : key % 10 == 1 && !tried(key)
                        ? new Outcome.RetryAt(Duration.ofMillis(10), "429")
                        : new Outcome.Accepted();

        NoticeId id = published(Duration.ofHours(1));

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.gone()).isEqualTo(30);
        assertThat(account.accepted()).isEqualTo(270);
        assertThat(pigeons.told.get(11L)).hasSize(2);
        assertThat(pigeons.told.get(10L)).hasSize(1);
    }

    @Test
    void whoWantsItNoMoreWhenTheyAreTriedAgainIsNotTakenForGone() {
        subject.carrier().start();
        pigeons.count = 10;
        pigeons.stillMeant = key -> key > 4;
        pigeons.there = key -> key != 5;
        // The fourth may have been told before it changed its mind: nobody answers for it.
        pigeons.outcome = key -> key == 4
                ? null
                : tried(key) ? new Outcome.Accepted() : new Outcome.RetryAt(Duration.ofMillis(10), "503");

        NoticeId id = published(Duration.ofHours(1));

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.stopped()).isEqualTo(3);
        assertThat(account.unknown()).isEqualTo(1);
        assertThat(account.gone()).isEqualTo(1);
        assertThat(account.accepted()).isEqualTo(5);
    }

    @Test
    void rangesThatFollowEachOtherAreOneWhereTheSameWereToldAndNowhereElse() {
        Instant at = Instant.EPOCH;
        Instant through = at.plusSeconds(60);
        Audience news = new Audience(Kind.NEWS, false, Set.of(), Set.of());
        Audience events = new Audience(Kind.EVENT, false, Set.of(), Set.of());
        Reach first = new Reach(0, 10, news, new Hours.Awake(9), at, at, through);
        assertThat(Errands.merged(List.of(first, new Reach(10, 20, news, new Hours.Awake(9), at, at, through))))
                .containsExactly(new Reach(0, 20, news, new Hours.Awake(9), at, at, through));

        for (Reach other : List.of(
                new Reach(11, 20, news, new Hours.Awake(9), at, at, through),
                new Reach(10, 20, events, new Hours.Awake(9), at, at, through),
                new Reach(10, 20, news, new Hours.Waking(9, 12), at, at, through),
                new Reach(10, 20, news, new Hours.Awake(9), at.plusMillis(1), at, through),
                new Reach(10, 20, news, new Hours.Awake(9), at, at.plusMillis(1), through),
                new Reach(10, 20, news, new Hours.Awake(9), at, at, null))) {
            assertThat(Errands.merged(List.of(first, other))).containsExactly(first, other);
        }
    }

    @Test
    void whatFollowsKnowsUntilWhenEachEarlierDispatchTold() {
        pigeons.count = 10;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        Instant through = settled(id, Purpose.PUBLICATION).dispatch().settledAt();
        withdrawn(id);
        settled(id, Purpose.WITHDRAWAL);
        subject.carrier().stop();
        Ref withdrawal =
                new Ref(town.value(), account(id, Purpose.WITHDRAWAL).dispatch().id());

        assertThat(subject.errands().get(withdrawal).earlier())
                .singleElement()
                .satisfies(reach -> assertThat(reach.through()).isEqualTo(through));

        written("UPDATE dispatch SET settled_at = NULL WHERE town_id = :town AND id = :id", ref(id));
        assertThat(subject.errands().get(withdrawal).earlier())
                .singleElement()
                .satisfies(reach -> assertThat(reach.through()).isNull());
    }

    @Test
    void whyRecipientsFailedIsCountedByReasonAndAddsUpToThem() {
        subject.carrier().start();
        pigeons.count = 300;
        pigeons.outcome = key -> switch ((int) key % 10) {
            case 0 -> new Outcome.Rejected("413");
            case 1 -> key < 100 ? new Outcome.Rejected("403") : new Outcome.NeedsSignIn();
            default -> new Outcome.Accepted();
        };

        NoticeId id = published(Duration.ofHours(1));

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.failures()).isEqualTo(Map.of("403", 10L, "413", 30L, "sign-in", 20L));
        assertThat(account.failed()).isEqualTo(60);
        assertThat(account.total()).isEqualTo(300);
    }

    @Test
    void howeverMuchAServiceSaysOfItsTroubleItsRecipientsAreTriedAgain() {
        subject.carrier().start();
        pigeons.count = 10;
        pigeons.outcome = key -> tried(key)
                ? new Outcome.Accepted()
                : new Outcome.RetryAt(Duration.ofMillis(10), "StreamResetException: " + "so it is ".repeat(40));

        NoticeId id = published(Duration.ofHours(1));

        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(10);
    }

    @Test
    void thatItIsAnExerciseIsKeptInTheBooksAndToldWithItsEnd() {
        pigeons.count = 10;
        NoticeId alert = published(Duration.ofHours(1));
        NoticeId id = practised(Duration.ofHours(1));
        List<OpenDispatch> ours = subject.books().write(ledger -> ledger.unsettled(true, null, 1_000)).stream()
                .filter(dispatch -> dispatch.ref().town() == town.value())
                .toList();
        // The alert before it, whichever came first.
        assertThat(ours).extracting(OpenDispatch::notice).containsExactly(alert.value(), id.value());
        assertThat(ours).extracting(OpenDispatch::exercise).containsExactly(false, true);
        assertThat(ours).allMatch(OpenDispatch::emergency);
        assertThat(subject.books()
                        .write(ledger -> ledger.dispatch(ours.getLast().ref()))
                        .orElseThrow()
                        .exercise())
                .isTrue();

        subject.carrier().start();
        settled(id, Purpose.PUBLICATION);
        withdrawn(id, true);
        settled(id, Purpose.WITHDRAWAL);

        List<Errand> told = pigeons.told.get(1L).stream()
                .filter(errand -> errand.notice().equals(id))
                .toList();
        assertThat(told).extracting(Errand::purpose).containsExactly(Purpose.PUBLICATION, Purpose.WITHDRAWAL);
        assertThat(told).allMatch(errand -> errand.audience().exercise());
        assertThat(told.getLast().earlier())
                .isNotEmpty()
                .allMatch(reach -> reach.audience().exercise());
    }

    private boolean tried(long key) {
        return pigeons.told.get(key).size() > 1;
    }

    @Test
    void aStopAmidItIsResumedAtTheCursorAndNobodyIsLost() {
        List<Runnable> held = new CopyOnWriteArrayList<>();
        pigeons.answering = held::add;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 100);
        subject.carrier().stop();

        pigeons.answering = Runnable::run;
        subject.carrier().start();

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.total()).isEqualTo(2_500);
        assertThat(account.accepted()).isEqualTo(2_500);
        assertThat(pigeons.told).hasSize(2_500);
    }

    private Instant leasedUntil(Ref ref) {
        return subject.books()
                .write(ledger -> ledger.slice(ref, 0).orElseThrow().leasedUntil());
    }

    /** As when a process starts, until it has looked for something to do. */
    private void booksAreOpened() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        Bookkeeper bookkeeper = new Bookkeeper(
                subject.books(),
                new Clerk(Policy.STANDARD),
                event -> looked.countDown(),
                later -> {},
                Clock.systemUTC());
        bookkeeper.add(new Order.Look(null, null));
        Thread working = Thread.ofPlatform().daemon().start(bookkeeper::work);
        try {
            assertThat(looked.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            working.interrupt();
            working.join();
        }
    }

    @Test
    void whatAKilledProcessHeldIsFreeAtOnceWhereNobodyElseCanHoldIt() throws InterruptedException {
        NoticeId id = published(Duration.ofHours(1));
        Dispatch dispatch = account(id, Purpose.PUBLICATION).dispatch();
        Ref ref = new Ref(town.value(), dispatch.id());
        subject.books().write(ledger -> new Clerk(Policy.STANDARD).enter(ledger, new Order.Take(ref, Instant.now())));
        Instant lease = leasedUntil(ref);
        assertThat(lease).isAfter(Instant.now());

        booksAreOpened();

        assertThat(leasedUntil(ref)).isEqualTo(engine.dialect() == Dialect.SQLITE ? Instant.EPOCH : lease);
        subject.carrier().start();
        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500);
    }

    @Test
    void aWithdrawalStopsItAndGoesToWhomItMayHaveReachedOnly() {
        pigeons.count = 20_000;
        pigeons.answering = PigeonTown::fromAfar;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 500);

        withdrawn(id);

        Account first = settled(id, Purpose.PUBLICATION);
        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        assertThat(first.total()).isEqualTo(20_000);
        assertThat(first.stopped()).isPositive();
        goesToAllInThePagesThatHadBegun(withdrawal, first);
    }

    @Test
    void ofAPageThatIsBeingSentNothingLeavesAnyMoreOnceItsNoticeIsWithdrawn() {
        pigeons.count = 10;
        NoticeId id = published(Duration.ofHours(1));
        AtomicBoolean first = new AtomicBoolean(true);
        pigeons.leaving = wanted -> {
            if (first.getAndSet(false)) {
                withdrawn(id);
                await().atMost(Duration.ofMinutes(1)).until(() -> !wanted.getAsBoolean());
            }
        };

        subject.carrier().start();

        Account publication = settled(id, Purpose.PUBLICATION);
        assertThat(publication.accepted()).isEqualTo(1);
        assertThat(publication.stopped()).isEqualTo(9);
    }

    @Test
    void whatIsOnItsWayAndNotAnsweredForIsNotWaitedForAsWhatIsInOurOwnHands() {
        pigeons.count = 10;
        pigeons.outcome = key -> null;
        NoticeId id = published(Duration.ofHours(1));

        new Node(PigeonTown.timed(Duration.ofMinutes(10), Duration.ofMinutes(10)), Clock.systemUTC()).starts();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, Purpose.PUBLICATION).waiting() == 10);
    }

    /** One of several that share a database. From a moment on nothing of it leaves, or is written, as if it had been killed. */
    private final class Node {

        private final Set<Long> sent = ConcurrentHashMap.newKeySet();
        private volatile boolean dead;

        /** Asked as each leaves: whether it dies just then. */
        private volatile BooleanSupplier dying = () -> false;

        private final Carrier carrier;

        Node() {
            this(QUICK, Clock.systemUTC());
        }

        Node(Policy policy, Clock clock) {
            carrier = new Carrier(
                    new JdbcBooks(Objects.requireNonNull(engine.writing().getTransactionManager()), subject.rows()) {
                        @Override
                        public <T> T write(Function<Ledger, T> work) {
                            return super.write(ledger -> {
                                T done = work.apply(ledger);
                                if (dead) {
                                    throw new IllegalStateException("killed");
                                }
                                return done;
                            });
                        }
                    },
                    subject.errands(),
                    new FannedOutChannels(new ObjectProvider<>() {
                        @Override
                        public Stream<Channel> stream() {
                            return Stream.of(pigeons);
                        }
                    }) {
                        @Override
                        void send(Order.Send order, Errand errand, BooleanSupplier wanted, Consumer<Event> told) {
                            if (lives()) {
                                order.recipients().forEach(recipient -> sent.add(recipient.key()));
                                super.send(order, errand, () -> wanted.getAsBoolean() && lives(), told);
                            }
                        }
                    },
                    new Bell(),
                    policy,
                    clock,
                    true);
        }

        void starts() {
            nodes.add(this);
            carrier.start();
        }

        void dies() {
            dead = true;
        }

        /** Amid a page. */
        void diesOnce(BooleanSupplier then) {
            dying = then;
        }

        private boolean lives() {
            dead |= dying.getAsBoolean();
            return !dead;
        }
    }

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void everyNodeStops() {
        nodes.forEach(node -> node.carrier.stop());
    }

    /** Leases run out while somebody waits for it; an answer may take as long as a machine that does everything at once. */
    private static final Policy QUICK = PigeonTown.timed(Policy.STANDARD.lease(), Duration.ofSeconds(20));

    @Test
    void whatANodeLeftThatDiedAmidItIsTakenUpByTheOtherAndNobodyElseIsToldTwice() {
        assumeThat(engine.dialect()).isEqualTo(Dialect.POSTGRESQL);
        // One node has as many slices under way as there are places for pages.
        pigeons.count = 3L * QUICK.pages().atOnce() * QUICK.sizes().slice();
        pigeons.answering = PigeonTown::fromAfar;
        Node dying = new Node();
        Node other = new Node();
        dying.diesOnce(() -> dying.sent.size() >= 1_000 && other.sent.size() >= 1_000);
        dying.starts();
        other.starts();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> dying.dead);
        int before = pigeons.told.size();

        Account account = settled(id, Purpose.PUBLICATION);

        assertThat((long) before).isLessThan(pigeons.count);
        assertThat(account.accepted()).isEqualTo(pigeons.count);
        assertThat(account.total()).isEqualTo(pigeons.count);
        Map<Long, Long> told = told(id);
        assertThat((long) told.size()).isEqualTo(pigeons.count);
        assertThat(told.values()).allMatch(times -> times <= 2);
        Set<Long> twice = told.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        int underWay = QUICK.pages().atOnce() + QUICK.pages().lagging();
        assertThat(twice)
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(underWay * QUICK.sizes().page());
        assertThat(dying.sent).containsAll(twice);
    }

    @Test
    void whatANodeHeldWhoseMachineVanishedHoldsUpItsOwnDispatchForALeaseOrTwoAndNoOtherOne() throws Exception {
        assumeThat(engine.dialect()).isEqualTo(Dialect.POSTGRESQL);
        pigeons.count = 20_000;
        pigeons.answering = PigeonTown::fromAfar;
        subject.carrier().start();
        NoticeId held = published(Kind.NEWS, Duration.ofHours(1));
        Ref ref = ref(held);
        await().atMost(Duration.ofMinutes(1)).until(() -> told(held).size() >= 500);
        try (VanishingNode other = new VanishingNode(engine.folder())) {
            other.vanishesAmid("SELECT id FROM dispatch WHERE town_id = " + ref.town() + " AND id = " + ref.dispatch()
                    + " FOR UPDATE");
            pigeons.count = 100;
            NoticeId alert = published(Duration.ofHours(1));
            await().atMost(Duration.ofSeconds(8)).until(() -> told(alert).size() == 100);
            NoticeId next = published(Duration.ofHours(1));
            await().atMost(Duration.ofSeconds(8)).until(() -> told(next).size() == 100);
            assertThat(account(held, Purpose.PUBLICATION).dispatch().settledAt())
                    .isNull();

            pigeons.count = 20_000;
            assertThat(settled(held, Purpose.PUBLICATION).accepted()).isEqualTo(20_000);
        }
    }

    @Test
    void aNodeOnAMachineWhoseClockIsHoursAheadTellsEverybodyAndEndsNothing() throws Exception {
        assumeThat(engine.dialect()).isEqualTo(Dialect.POSTGRESQL);
        Clock clock = WrongMachine.clock(engine, Duration.ofHours(3));
        Node ahead = new Node(QUICK, clock);
        ahead.starts();

        NoticeId id = published(Duration.ofHours(2));

        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500);
        assertThat(ahead.sent).hasSize(2_500);
        List<Instant> lookedAt = new ArrayList<>();
        NoticeClock notices = new NoticeClock() {
            @Override
            public int advance(Instant now, Set<TownId> paused) {
                lookedAt.add(now);
                return 0;
            }

            @Override
            public Optional<Instant> next() {
                return Optional.empty();
            }
        };
        new DueTimer(
                        notices,
                        subject.facts(),
                        Objects.requireNonNull(engine.writing().getTransactionManager()),
                        clock,
                        false)
                .tick();
        assertThat(lookedAt)
                .singleElement()
                .satisfies(now -> assertThat(now).isBefore(Instant.now().plus(Duration.ofHours(2))));
    }

    @Test
    void whomANodeThatDiedMayHaveToldIsToldOfTheWithdrawalByTheOther() {
        assumeThat(engine.dialect()).isEqualTo(Dialect.POSTGRESQL);
        pigeons.count = 20_000;
        pigeons.answering = PigeonTown::fromAfar;
        Node dying = new Node();
        dying.starts();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 1_000);

        dying.dies();
        withdrawn(id);
        Node other = new Node();
        other.starts();

        Account first = settled(id, Purpose.PUBLICATION);
        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        assertThat(first.total()).isEqualTo(20_000);
        assertThat(first.unknown()).isPositive();
        goesToAllInThePagesThatHadBegun(withdrawal, first);
        assertThat(withdrawal.accepted()).isEqualTo(withdrawal.total());
    }

    @Test
    void theDispatchesOfOneCorrectionDoNotTakeEachOtherForWhatTheyCorrect() {
        pigeons.count = 100;
        pigeons.waking = Set.of((Instant.now().atZone(ZoneId.of("Europe/Paris")).getHour() + 2) % 24);
        subject.carrier().start();
        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, Purpose.PUBLICATION).accepted() == 80);

        corrected(id, Kind.NEWS, Duration.ofDays(3));
        Account correction = await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, Purpose.CORRECTION), account -> account.accepted() == 80);

        Instant first = account(id, Purpose.PUBLICATION).dispatch().notBefore();
        assertThat(correction.parts()).hasSize(2);
        assertThat(correction.parts())
                .allSatisfy(part -> assertThat(subject.errands()
                                .get(new Ref(town.value(), part.id()))
                                .earlier())
                        .isNotEmpty()
                        .allMatch(reach -> reach.at().equals(first)));
        assertThat(correction.dispatch().settledAt()).isNull();
    }

    @Test
    void whatOneCorrectionTookOffAChannelTheNextDoesNotTakeOffAgain() {
        subject.carrier().start();
        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));
        settled(id, Purpose.PUBLICATION);

        corrected(id, 2, Duration.ofDays(3), "website");
        assertThat(byPigeon(id, 2))
                .hasValueSatisfying(off -> assertThat(off.accepted()).isEqualTo(2_500));
        corrected(id, 3, Duration.ofDays(3), "website");
        corrected(id, 4, Duration.ZERO, "website");
        assertThat(byPigeon(id, 3)).isEmpty();
        assertThat(byPigeon(id, 4)).isEmpty();

        corrected(id, 5, Duration.ofDays(3), "pigeon", "website");
        assertThat(byPigeon(id, 5)).isPresent();
        corrected(id, 6, Duration.ofDays(3), "website");
        assertThat(byPigeon(id, 6))
                .hasValueSatisfying(off -> assertThat(off.accepted()).isEqualTo(2_500));
    }

    @Test
    void whatWasNotTakenOffForEverybodyIsTakenOffByTheNextCorrection() {
        subject.carrier().start();
        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));
        settled(id, Purpose.PUBLICATION);
        subject.carrier().stop();
        corrected(id, 2, Duration.ofDays(3), "website");

        corrected(id, 3, Duration.ofDays(3), "website");

        subject.carrier().start();
        assertThat(byPigeon(id, 3))
                .hasValueSatisfying(off -> assertThat(off.accepted()).isEqualTo(2_500));
    }

    @Test
    void whoeverHasTheErratumOfWhatWasOverIsToldThatItIsOff() {
        subject.carrier().start();
        NoticeId id = published(Kind.NEWS, Duration.ofDays(3));
        settled(id, Purpose.PUBLICATION);
        corrected(id, 2, Duration.ZERO, "pigeon", "website");
        assertThat(byPigeon(id, 2)).isPresent();

        corrected(id, 3, Duration.ofDays(3), "website");

        assertThat(byPigeon(id, 3))
                .hasValueSatisfying(off -> assertThat(off.accepted()).isEqualTo(2_500));
    }

    /** What became of a correction by pigeon, once everybody is accounted for; empty where it does not go there. */
    private Optional<Account> byPigeon(NoticeId id, int revision) {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> subject.dispatches().accounts(town, id).stream()
                                .filter(account -> account.dispatch().channel().equals("pigeon")
                                        && account.dispatch().revision() == revision)
                                .findFirst(),
                        found -> found.isEmpty() || found.get().dispatch().settledAt() != null);
    }

    @Test
    void aWithdrawalByANodeWhoseClockIsBehindGoesToWhomTheOtherTold() {
        pigeons.count = 10;
        NoticeId id = published(Duration.ofHours(1));
        // As a node numbers it whose clock is a year ahead.
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("UPDATE dispatch SET id = id + :year WHERE town_id = :town")
                        .param("year", Duration.ofDays(365).toMillis() << 22)
                        .param("town", town.value())
                        .update());
        subject.carrier().start();
        settled(id, Purpose.PUBLICATION);

        withdrawn(id);

        assertThat(settled(id, Purpose.WITHDRAWAL).accepted()).isEqualTo(10);
    }

    @Test
    void anAlertGoesAtOnceHoweverFarAheadThePublishingNodesClockIs() {
        pigeons.count = 10;
        subject.carrier().start();

        NoticeId id = published(Kind.EMERGENCY, false, Instant.now().plus(Duration.ofHours(1)), Duration.ofHours(1));

        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(10);
    }

    @Test
    void anErrorOfTheMachineEndsNoneOfItsThreads() {
        // So many slices that a page of another can be begun after each that was struck.
        pigeons.count = 10L * Policy.STANDARD.sizes().slice();
        Map<String, AtomicInteger> struck = new ConcurrentHashMap<>();
        pigeons.trouble = () -> {
            String thread = Thread.currentThread().getName();
            // Oftener than there are places for pages under way.
            int times = thread.equals("carrier") ? Policy.STANDARD.pages().atOnce() + 1 : 1;
            if (thread.startsWith("carrier")
                    && struck.computeIfAbsent(thread, name -> new AtomicInteger())
                                    .incrementAndGet()
                            <= times) {
                throw new StackOverflowError("on " + thread);
            }
        };
        subject.carrier().start();

        NoticeId id = published(Duration.ofHours(1));

        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(pigeons.count);
        assertThat(struck).containsKeys("carrier", "carrier-books");
    }

    @Test
    void anEntryThatCannotBeWrittenHoldsUpNoOther() {
        Ref broken = ref(published(Duration.ofHours(1)));
        Ref sound = ref(published(Duration.ofHours(1)));
        List<Order.Entry> together =
                List.of(new Order.Take(broken, Instant.now()), new Order.Take(sound, Instant.now()));
        List<Event> told = new ArrayList<>();
        List<Runnable> later = new ArrayList<>();
        written("UPDATE dispatch SET hours = 'NEVER' WHERE town_id = :town AND id = :id", broken);

        new Bookkeeper(subject.books(), new Clerk(Policy.STANDARD), told::add, later::add, Clock.systemUTC())
                .write(together);

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Took.class, took -> assertThat(took.ref()).isEqualTo(sound));
        later.forEach(Runnable::run);
        assertThat(told).hasSize(2).last().isEqualTo(new Event.Failed(together.getFirst()));
    }

    @Test
    void whatWasToGoOverAChannelThatThisHouseDoesNotHaveIsLeftAloneUntilItsEndAndHoldsUpNothing() {
        NoticeId orphaned = published(Duration.ofHours(1));
        Ref orphan = ref(orphaned);
        subject.books()
                .write(ledger -> new Clerk(Policy.STANDARD).enter(ledger, new Order.Take(orphan, Instant.now())));
        subject.books().reclaim();
        written("UPDATE dispatch_slice SET leased_until = 0 WHERE town_id = :town AND dispatch_id = :id", orphan);
        written("UPDATE dispatch SET channel = 'dove' WHERE town_id = :town AND id = :id", orphan);

        List<ILoggingEvent> said = saidBy(() -> {
            subject.carrier().start();
            assertThat(settled(published(Duration.ofHours(1)), Purpose.PUBLICATION)
                            .accepted())
                    .isEqualTo(2_500);
            assertThat(account(orphaned, Purpose.PUBLICATION).dispatch())
                    .as("another node may have it")
                    .satisfies(left -> assertThat(left.settledAt()).isNull())
                    .satisfies(left -> assertThat(left.state()).isEqualTo(State.OPEN));
            written("UPDATE dispatch SET until_at = 1 WHERE town_id = :town AND id = :id", orphan);
            assertThat(settled(orphaned, Purpose.PUBLICATION).accepted()).isZero();
        });

        assertThat(said).isEmpty();
        assertThat(told(orphaned)).isEmpty();
    }

    @Test
    void ofADispatchThatSomebodyHoldsOneEntryWaitsAndNoAlertBehindThousandsOfThem() {
        AtomicInteger tries = new AtomicInteger();
        JdbcBooks held =
                new JdbcBooks(Objects.requireNonNull(engine.writing().getTransactionManager()), subject.rows()) {
                    @Override
                    public <T> T write(Function<Ledger, T> work) {
                        tries.incrementAndGet();
                        throw new UncategorizedDataAccessException("held", new SQLException("held", "55P03")) {};
                    }
                };
        Bookkeeper bookkeeper = new Bookkeeper(held, new Clerk(QUICK), told -> {}, Runnable::run, Clock.systemUTC());
        List<Order.Entry> entries = Collections.nCopies(60, new Order.Take(new Ref(1, 1), Instant.now()));

        bookkeeper.write(entries);
        assertThat(tries).as("together, and one alone").hasValue(2);
        bookkeeper.write(entries);
        assertThat(tries).hasValue(3);
    }

    private static List<ILoggingEvent> saidBy(Runnable work) {
        Logger log = (Logger) LoggerFactory.getLogger(Bookkeeper.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        log.addAppender(said);
        try {
            work.run();
        } finally {
            log.detachAppender(said);
        }
        return said.list;
    }

    @Test
    void whatIsSaidOfAnEntryThatCannotBeWrittenIsItsOwnTroubleNotThatOfWhatWasWrittenWithIt() {
        Ref sound = ref(published(Duration.ofHours(1)));
        Ref broken = ref(published(Duration.ofHours(1)));
        written("UPDATE dispatch SET hours = 'NEVER' WHERE town_id = :town AND id = :id", broken);
        AtomicInteger times = new AtomicInteger();
        pigeons.trouble = () -> {
            if (times.getAndIncrement() == 0) {
                throw new IllegalStateException("could not serialize access");
            }
        };
        Bookkeeper bookkeeper =
                new Bookkeeper(subject.books(), new Clerk(Policy.STANDARD), told -> {}, later -> {}, new TestClock());

        List<ILoggingEvent> said = saidBy(() ->
                bookkeeper.write(List.of(new Order.Take(sound, Instant.now()), new Order.Take(broken, Instant.now()))));

        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("1 Take");
            assertThat(line.getThrowableProxy().getMessage()).contains("NEVER");
        });
    }

    @Test
    void booksThatTakeNothingAreSaidOnceAMinuteWithHowMuchThatWas() {
        List<Ref> broken = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            broken.add(ref(published(Duration.ofHours(1))));
        }
        broken.forEach(ref -> written("UPDATE dispatch SET hours = 'NEVER' WHERE town_id = :town AND id = :id", ref));
        List<Order.Entry> together = broken.stream()
                .<Order.Entry>map(ref -> new Order.Take(ref, Instant.now()))
                .toList();
        List<Event> told = new ArrayList<>();
        TestClock clock = new TestClock();
        Bookkeeper bookkeeper =
                new Bookkeeper(subject.books(), new Clerk(Policy.STANDARD), told::add, Runnable::run, clock);
        List<ILoggingEvent> said = saidBy(() -> {
            bookkeeper.write(together);
            bookkeeper.write(together);
            bookkeeper.write(together.subList(0, 1));
            clock.advance(Duration.ofMinutes(1));
            bookkeeper.write(together);
        });

        assertThat(told).hasSize(16).allMatch(Event.Failed.class::isInstance);
        assertThat(said)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "5 Take could not be written: tried again", "11 Take could not be written: tried again");
        assertThat(said)
                .allSatisfy(line ->
                        assertThat(line.getThrowableProxy().getMessage()).contains("NEVER"));
    }

    private Ref ref(NoticeId id) {
        return new Ref(town.value(), account(id, Purpose.PUBLICATION).dispatch().id());
    }

    private void written(String sql, Ref ref) {
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql(sql)
                        .param("town", ref.town())
                        .param("id", ref.dispatch())
                        .update());
    }

    /** The more they are, the later a look takes in the last of them. */
    private void alsoHeld(Ref first, int more) {
        written("UPDATE dispatch SET held = 1 WHERE town_id = :town AND id = :id", first);
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("""
                                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :more)
                                INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, exercise,
                                  kind, themes, districts, hours, upper_bound, frontier, held, opened_at, not_before, until_at)
                                SELECT town_id, id + i, notice_id, revision, channel, purpose, state, emergency, exercise, kind, themes,
                                  districts, hours, upper_bound, frontier, held, opened_at, not_before, until_at
                                FROM dispatch, n WHERE town_id = :town AND id = :id
                                """)
                        .param("more", more)
                        .param("town", first.town())
                        .param("id", first.dispatch())
                        .update());
    }

    @Test
    void whatIsNewIsFoundBehindAnyNumberOfOldOnesThatWait() {
        pigeons.count = 10;
        for (Kind kind : List.of(Kind.EMERGENCY, Kind.NEWS)) {
            Ref old = ref(published(kind, Duration.ofHours(1)));
            alsoHeld(old, 2 * Policy.STANDARD.looks().dispatches());
        }
        subject.carrier().start();

        NoticeId alert = published(Kind.EMERGENCY, Duration.ofHours(1));
        NoticeId news = published(Kind.NEWS, Duration.ofHours(1));

        assertThat(settled(alert, Purpose.PUBLICATION).accepted()).isEqualTo(10);
        assertThat(settled(news, Purpose.PUBLICATION).accepted()).isEqualTo(10);
    }

    @Test
    void nothingOfWhatIsOverLeavesAndThatIsAccountedFor() {
        NoticeId id = published(Duration.ZERO.plusMillis(300));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Instant.now()
                        .isAfter(account(id, Purpose.PUBLICATION).dispatch().until()));

        subject.carrier().start();

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.expired()).isEqualTo(2_500);
        assertThat(pigeons.told).isEmpty();
    }

    /** As if the process had been away for so long: all that is written was written as much earlier. */
    private void passed(Duration time) {
        List.of(
                        "dispatch SET opened_at = opened_at - :ms, not_before = not_before - :ms, until_at = until_at - :ms",
                        "dispatch_slice SET leased_until = leased_until - :ms, put_off_at = put_off_at - :ms",
                        "dispatch_retry SET due_at = due_at - :ms")
                .forEach(change -> engine.writing()
                        .executeWithoutResult(status -> engine.jdbc()
                                .sql("UPDATE " + change + " WHERE town_id = :town")
                                .param("ms", time.toMillis())
                                .param("town", town.value())
                                .update()));
    }

    @Test
    void ofWhatWasHalfCarriedADayAgoNothingLeavesAndAllAreAccountedFor() {
        pigeons.count = 20_000;
        pigeons.waking = Set.of(
                Instant.now().atZone(ZoneId.of("Europe/Paris")).plusHours(3).getHour());
        // Of three origins one takes all, one is in trouble and one says nothing.
        pigeons.outcome = key -> key % 3 == 0
                ? null
                : key % 3 == 1 ? new Outcome.Accepted() : new Outcome.RetryAt(Duration.ofMinutes(5), "503");
        subject.carrier().start();
        NoticeId news = published(Kind.NEWS, Duration.ofHours(6));
        NoticeId corrected = published(Kind.EMERGENCY, Duration.ofHours(6));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> account(news, Purpose.PUBLICATION).waiting() > 0
                        && account(news, Purpose.PUBLICATION).accepted() > 0
                        && account(corrected, Purpose.PUBLICATION).waiting() > 0);
        subject.carrier().stop();
        corrected(corrected, Kind.EMERGENCY, Duration.ofHours(5));
        Account before = account(news, Purpose.PUBLICATION);
        assertThat(before.total() + before.waiting()).as("half carried").isLessThan(20_000);
        assertThat(before.parts()).as("those who are awake, and the others").hasSize(2);
        pigeons.told.clear();
        pigeons.outcome = key -> new Outcome.Accepted();

        passed(Duration.ofDays(1));
        subject.carrier().start();

        Account after = settled(news, Purpose.PUBLICATION);
        Account stopped = settled(corrected, Purpose.PUBLICATION);
        Account correction = settled(corrected, Purpose.CORRECTION);
        assertThat(pigeons.told).isEmpty();
        assertThat(after.waiting()).isZero();
        assertThat(after.total()).isEqualTo(20_000);
        assertThat(after.accepted()).isEqualTo(before.accepted());
        assertThat(after.expired()).as("those asleep among them").isGreaterThan(4_000);
        assertThat(stopped.total()).isEqualTo(20_000);
        assertThat(correction.expired()).isEqualTo(20_000);
        assertThat(correction.accepted()).isZero();
    }

    @Test
    void aSilentOriginHoldsNobodyElseUp() {
        subject.carrier().start();
        pigeons.outcome = key -> key % 3 == 0 ? null : new Outcome.Accepted();

        NoticeId id = published(Duration.ofMinutes(10));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(account(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500 - 833));
        assertThat(account(id, Purpose.PUBLICATION).waiting()).isEqualTo(833);
        assertThat(ofRetries("count(*)", id))
                .as("most are put off together before anything left for them")
                .isLessThan(833 / 4);
    }

    private long ofRetries(String what, NoticeId id) {
        return engine.jdbc()
                .sql("SELECT " + what + " FROM dispatch_retry WHERE town_id = :town AND dispatch_id = :id")
                .param("town", town.value())
                .param("id", ref(id).dispatch())
                .query(Long.class)
                .single();
    }

    @Test
    void whoIsPutOffTogetherIsReadAsTheyWereWrittenAndNoMoreOfThemThanAreAskedFor() {
        pigeons.count = 10;
        NoticeId id = published(Duration.ofHours(1));
        Ref ref = ref(id);
        long key = Long.MAX_VALUE - 1_000_000_007L;
        Instant due = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Retry three = new Retry(
                ref,
                key,
                List.of(key + 1, key + 1_000_000_000),
                0,
                due,
                false,
                false,
                "origin",
                "push.example",
                new Lease(0, 1));
        Retry one =
                new Retry(ref, 7, List.of(), 2, due.plusMillis(1), true, false, "unanswered", "", new Lease(250, 3));
        subject.books().write(ledger -> {
            ledger.put(List.of(one, three));
            return ref;
        });

        subject.books().write(ledger -> {
            assertThat(ledger.retries(ref, 4)).containsExactly(three, one);
            assertThat(ledger.retries(ref, 3)).containsExactly(three);
            assertThat(ledger.retries(ref, 1)).containsExactly(three);
            assertThat(ledger.retry(ref, 7)).contains(one);
            return ref;
        });
        assertThat(account(id, Purpose.PUBLICATION).waiting()).isEqualTo(4);

        Retry two =
                new Retry(ref, key, List.of(key + 1), 0, due, false, false, "origin", "push.example", new Lease(0, 1));
        subject.books().write(ledger -> {
            ledger.put(List.of(two));
            assertThat(ledger.retries(ref, 3)).as("one is gone").containsExactly(two, one);
            return ref;
        });
        assertThat(account(id, Purpose.PUBLICATION).waiting()).isEqualTo(3);
    }

    @Test
    void whoIsDueSoonStaysAsTheyAreWhenWhoIsDueLaterIsMadeDue() {
        Ref ref = ref(published(Duration.ofHours(1)));
        Instant soon = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(25);
        Retry sooner = new Retry(ref, 1, List.of(), 1, soon, true, false, "503", "", new Lease(0, 1));
        Retry later = new Retry(ref, 2, List.of(), 1, soon.plusMillis(1), true, false, "503", "", new Lease(0, 1));

        subject.books().write(ledger -> {
            ledger.put(List.of(sooner, later));
            ledger.makeDue(ref, soon);
            assertThat(ledger.retries(ref, 10))
                    .containsExactly(later.due(ledger.now().truncatedTo(ChronoUnit.MILLIS)), sooner);
            return ref;
        });
    }
}
