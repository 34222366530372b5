package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.OpenDispatch;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Page;
import fr.tambour.dispatch.internal.engine.PageResult;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Retry;
import fr.tambour.dispatch.internal.engine.SimPhone;
import fr.tambour.dispatch.internal.engine.SimTowns;
import fr.tambour.dispatch.internal.engine.Taken;
import fr.tambour.dispatch.internal.engine.Tally;
import fr.tambour.dispatch.internal.engine.World;
import fr.tambour.notice.NoticeId;
import fr.tambour.testing.Await;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The simulation's scenarios on the real repositories: what the books in memory promise, the databases keep. A seed that fails is
 * printed; it is run alone with `-Dtambour.scenarios.first=SEED -Dtambour.scenarios.seeds=1`.
 */
@OnBothEngines
class ScenariosTest {

    private static final long FIRST = Long.getLong("tambour.scenarios.first", 0);
    private static final long SEEDS = Long.getLong("tambour.scenarios.seeds", 200);
    private static final AtomicLong IDS = new AtomicLong(1_000);

    private final Engine engine;
    private final Subject subject;
    private final SettableClock clock;
    private final Clerk clerk = new Clerk(Policy.STANDARD);

    record Subject(
            JdbcBooks books,
            JdbcDispatches dispatches,
            Phones phones,
            Letters letters,
            Inboxes inboxes,
            SettableClock clock) {}

    ScenariosTest(Engine engine) {
        this.engine = engine;
        this.subject = engine.make(
                Subject.class,
                JdbcBooks.class,
                JdbcDispatches.class,
                LeftToTell.class,
                JdbcLedger.Rows.class,
                FannedOutChannels.class,
                Errands.class,
                Phones.class,
                Letters.class,
                Inboxes.class,
                SettableClock.class);
        this.clock = subject.clock();
    }

    @Test
    void everybodyIsAccountedForOnARealDatabase() {
        List<String> complaints = new ArrayList<>();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            long base = IDS.addAndGet(10);
            try {
                new World(seed, base, (towns, now) -> {
                            subject.phones().towns = towns;
                            subject.letters().towns = towns;
                            subject.inboxes().towns = towns;
                            clock.now = now;
                            return new DatabaseBooks(engine, subject.books(), subject.dispatches(), towns, base);
                        })
                        .run();
            } catch (AssertionError | RuntimeException e) {
                complaints.add("seed " + seed + ": " + e);
            }
        }
        assertThat(complaints).isEmpty();
        if (SEEDS >= 200) {
            assertThat(subject.inboxes().noted)
                    .as("who missed what was to tell them")
                    .isPositive();
        }
    }

    /** Dispatches of notices of their own, in a town of their own, to one and the same ten phones. */
    private List<Ref> opened(int count) {
        long town = IDS.addAndGet(10);
        SimTowns towns = new SimTowns(true);
        LongStream.rangeClosed(1, 10).forEach(key -> towns.add(new SimPhone(town, key, "service")));
        subject.phones().towns = towns;
        clock.now = () -> World.START;
        DatabaseBooks opening = new DatabaseBooks(engine, subject.books(), subject.dispatches(), towns, town);
        Instant end = World.START.plus(Duration.ofHours(1));
        return LongStream.range(0, count)
                .mapToObj(i -> {
                    Ref ref = new Ref(town, town * 10_000 + i);
                    opening.open(
                            new OpenDispatch(
                                    ref,
                                    ref.dispatch(),
                                    SimPhone.PHONE,
                                    false,
                                    false,
                                    State.OPEN,
                                    10,
                                    0,
                                    World.START,
                                    World.START,
                                    end,
                                    false,
                                    null),
                            SimTowns.EVERYBODY);
                    return ref;
                })
                .toList();
    }

    private List<Taken> taken(List<Ref> refs) {
        List<Order.Entry> takes = refs.stream()
                .map(ref -> (Order.Entry) new Order.Take(ref, World.START))
                .toList();
        return entered(takes).stream()
                .map(event -> ((Event.Took) event).taken())
                .toList();
    }

    private List<Event> entered(List<Order.Entry> entries) {
        return subject.books()
                .write(ledger -> Order.Entry.inOrder(entries).stream()
                        .map(entry -> clerk.enter(ledger, entry))
                        .toList());
    }

    @Test
    void noPageBeginsWhileAWithdrawalIsAboutToCommit() throws Exception {
        Ref ref = opened(1).getFirst();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<List<Taken>> taking = Objects.requireNonNull(engine.writing().execute(status -> {
                subject.dispatches().stop(new TownId(ref.town()), new NoticeId(ref.dispatch()));
                Future<List<Taken>> waits = other.submit(() -> taken(List.of(ref)));
                if (engine.database().isPostgres()) {
                    Await.until(engine::isAnybodyWaiting);
                }
                return waits;
            }));
            assertThat(taking.get()).doesNotHaveAnyElementsOfTypes(Taken.Begun.class);
        }
        while (!(taken(List.of(ref)).getFirst() instanceof Taken.Finished)) {}
        assertThat(SliceRows.all(engine.jdbc(), ref))
                .extracting(slice -> slice.tally().stopped())
                .contains(10L);
    }

    /** What one transaction of a node writes of several dispatches, another's writes in another order, and people stop them. */
    @Test
    void twoNodesAndAWithdrawalThatHoldTheSameDispatchesNeverWaitForEachOtherForEver() throws Exception {
        try (ExecutorService nodes = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 30; round++) {
                List<Ref> refs = opened(5);
                List<Order.Entry> settling = taken(refs).stream()
                        .map(taken -> ((Taken.Begun) taken).page())
                        .map(page -> (Order.Entry) new Order.Settle(page, parked(page)))
                        .collect(Collectors.toCollection(ArrayList::new));
                settling.add(new Order.BringForward(Set.of("service")));
                CyclicBarrier together = new CyclicBarrier(3);
                Future<?> one = nodes.submit(() -> {
                    together.await();
                    return entered(settling);
                });
                Future<?> other = nodes.submit(() -> {
                    together.await();
                    return entered(settling.reversed());
                });
                Future<?> people = nodes.submit(() -> {
                    together.await();
                    engine.writing()
                            .executeWithoutResult(status -> refs.forEach(ref ->
                                    subject.dispatches().stop(new TownId(ref.town()), new NoticeId(ref.dispatch()))));
                    return refs;
                });
                one.get();
                other.get();
                people.get();
                for (Ref ref : refs) {
                    assertThat(subject.books()
                                    .<Integer>write(ledger -> ledger.retries(ref, 100).stream()
                                            .mapToInt(Retry::size)
                                            .sum()))
                            .as("written once")
                            .isEqualTo(10);
                }
            }
        }
    }

    /** None of it has left. */
    private static PageResult parked(Page page) {
        List<PageResult.Again> again = page.recipients().stream()
                .map(phone ->
                        new PageResult.Again(phone.key(), phone.origin(), 0, Duration.ofMinutes(10), false, "origin"))
                .toList();
        return new PageResult(Tally.NONE, List.of(), again, List.of(), page.upTo());
    }

    @Test
    void whoWaitsForAnOriginIsDueOnceItAnswersAndWhoWaitsForAnotherOrForTheirOwnTimeIsNot() {
        List<Ref> refs = opened(2);
        List<Order.Entry> settling = taken(refs).stream()
                .map(taken -> ((Taken.Begun) taken).page())
                .map(page -> (Order.Entry) new Order.Settle(page, parked(page)))
                .toList();
        entered(settling);
        assertThat(taken(refs)).hasOnlyElementsOfType(Taken.Nothing.class);

        assertThat(entered(List.of(new Order.BringForward(Set.of("another", "")))))
                .containsExactly(new Event.BroughtForward(Set.of()));
        assertThat(taken(refs)).hasOnlyElementsOfType(Taken.Nothing.class);
        assertThat(entered(List.of(new Order.BringForward(Set.of("another", "service")))))
                .containsExactly(new Event.BroughtForward(Set.copyOf(refs)));
        assertThat(taken(refs)).hasOnlyElementsOfType(Taken.Begun.class);
        assertThat(entered(List.of(new Order.BringForward(Set.of("service")))))
                .as("they are under way")
                .containsExactly(new Event.BroughtForward(Set.of()));
    }

    /** Two nodes that have settled pages of different dispatches bring forward each other's. */
    @Test
    void whomAnotherTransactionHoldsIsNotWaitedForWhenTheirOriginAnswers() throws Exception {
        assumeThat(engine.database().isPostgres()).isTrue();
        List<Ref> refs = opened(2);
        entered(taken(refs).stream()
                .map(taken -> ((Taken.Begun) taken).page())
                .map(page -> (Order.Entry) new Order.Settle(page, parked(page)))
                .toList());
        List<Order.Entry> forward = List.of(new Order.BringForward(Set.of("service")));
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            engine.writing().executeWithoutResult(status -> {
                subject.books().write(ledger -> ledger.retry(refs.getFirst(), 1).orElseThrow());

                assertThat(other.submit(() -> entered(forward)))
                        .succeedsWithin(Duration.ofMinutes(1))
                        .isEqualTo(List.of(new Event.BroughtForward(Set.of(refs.getLast()))));
            });
        }
        assertThat(entered(forward)).containsExactly(new Event.BroughtForward(Set.of(refs.getFirst())));
    }

    /** Time as the simulation makes it. */
    static class SettableClock implements BooksClock {

        Supplier<Instant> now = () -> World.START;

        @Override
        public Instant now() {
            return now.get();
        }
    }

    static class Phones extends SimChannel {

        Phones() {
            super(SimPhone.PHONE);
        }
    }

    static class Letters extends SimChannel {

        Letters() {
            super(SimPhone.LETTER);
        }
    }

    static class Inboxes extends SimChannel {

        private long noted;

        Inboxes() {
            super(SimPhone.INBOX);
        }

        @Override
        public boolean notesWhoMissed() {
            return true;
        }

        @Override
        public void missed(TownId town, List<Long> keys) {
            towns.missed(town.value(), keys);
            noted += keys.size();
        }
    }

    /** The simulation's recipients, whom the engine finds as it finds phones. A theme stands for the audience. */
    abstract static class SimChannel implements FannedOutChannel<SimPhone> {

        private final String name;
        SimTowns towns = new SimTowns(true);

        SimChannel(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long highestKey(TownId town) {
            throw new UnsupportedOperationException("The simulation publishes by itself");
        }

        @Override
        public Set<Integer> wakingHours(TownId town, int asleepAt) {
            return Set.of();
        }

        @Override
        public Reached reach(TownId town, Audience audience, int hour, long after, long upTo) {
            throw new UnsupportedOperationException("Nobody asks the simulation beforehand");
        }

        private Stream<SimPhone> there(TownId town, long after, long upTo) {
            return towns.there(town.value(), name, after, upTo);
        }

        @Override
        public List<SimPhone> recipients(Errand errand, long after, long upTo, int size) {
            return there(errand.town(), after, upTo)
                    .filter(phone -> towns.isHere(phone) && isFor(errand, phone.key()))
                    .limit(size)
                    .toList();
        }

        private boolean isFor(Errand errand, long key) {
            return towns.isFor(errand.town().value(), audience(errand.audience()), () -> earlier(errand), key);
        }

        private static List<SimTowns.Reached> earlier(Errand errand) {
            return errand.earlier().stream()
                    .map(reach -> new SimTowns.Reached(audience(reach.audience()), reach.from(), reach.to()))
                    .toList();
        }

        private static int audience(Audience audience) {
            return audience.themes().iterator().next().intValue();
        }

        @Override
        public List<SimPhone> recipients(Errand errand, List<Long> keys) {
            Set<Long> wanted = new HashSet<>(keys);
            return there(errand.town(), 0, Long.MAX_VALUE)
                    .filter(phone -> wanted.contains(phone.key()) && towns.isHere(phone) && isFor(errand, phone.key()))
                    .toList();
        }

        @Override
        public Set<Long> known(TownId town, List<Long> keys) {
            return there(town, 0, Long.MAX_VALUE)
                    .map(SimPhone::key)
                    .filter(keys::contains)
                    .collect(Collectors.toSet());
        }

        @Override
        public Set<Long> away(TownId town, List<Long> keys) {
            return towns.away(town.value(), keys);
        }

        @Override
        public long boundary(TownId town, long after, long upTo, int count) {
            return there(town, after, upTo)
                    .skip(count - 1L)
                    .findFirst()
                    .map(SimPhone::key)
                    .orElse(upTo);
        }

        @Override
        public Mailing<SimPhone> mailing(Errand errand) {
            throw new UnsupportedOperationException("The simulation has a network of its own");
        }

        /** In memory: a transaction that is undone forgets nobody. */
        @Override
        public void forget(TownId town, List<SimPhone> gone) {
            gone.forEach(phone -> towns.leave(phone)
                    .ifPresent(back ->
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void afterCompletion(int status) {
                                    if (status != STATUS_COMMITTED) {
                                        back.run();
                                    }
                                }
                            })));
        }

        @Override
        public boolean repeatable() {
            return towns.repeatable(name);
        }
    }

    static Purpose purpose(int audience) {
        return audience == SimTowns.NOBODY ? Purpose.WITHDRAWAL : Purpose.CORRECTION;
    }
}
