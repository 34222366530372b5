package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.live.Progress;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.NoticeStep.Step;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.testing.Engine;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A town whose notices are carried by pigeons: the engine with its threads, on real books, against a channel of the tests'.
 */
abstract class PigeonTown {

    private static final AtomicLong IDS = new AtomicLong(50_000);

    final Engine engine;
    final Subject subject;
    final Pigeons pigeons;
    final TownId town = new TownId(IDS.incrementAndGet());

    record Subject(
            Dispatches dispatches,
            Interventions interventions,
            Progress progress,
            Journal journal,
            NoticeStep step,
            Carrier carrier,
            JdbcBooks books,
            JdbcLedger.Rows rows,
            FannedOutChannels channels,
            Errands errands,
            InstanceFacts facts,
            Pigeons pigeons) {}

    /** What people did. */
    static class Journal implements Audit {

        private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

        List<AuditEntry> entries() {
            return entries;
        }

        @Override
        public void record(AuditEntry entry) {
            entries.add(entry);
        }

        @Override
        public List<RecordedEntry> page(long townId, long before, int size) {
            return List.of();
        }
    }

    PigeonTown(Engine engine) {
        this.engine = engine;
        this.subject = engine.make(
                Subject.class,
                JdbcDispatches.class,
                LeftToTell.class,
                StoredInterventions.class,
                Journal.class,
                BooksProgress.class,
                DispatchStep.class,
                Bell.class,
                JdbcDispatchesTest.InParis.class,
                JdbcDispatchesTest.Website.class,
                JdbcBooks.class,
                JdbcLedger.Rows.class,
                FannedOutChannels.class,
                Errands.class,
                TrueClock.class,
                TrueTime.class,
                Hasty.class,
                Pigeons.class,
                Carrier.class);
        this.pigeons = subject.pigeons();
    }

    /**
     * The usual one but for its times.
     *
     * @param lease how long a page is one's own
     * @param answer how long an answer may take
     */
    static Policy timed(Duration lease, Duration answer) {
        Policy usual = Policy.STANDARD;
        return new Policy(
                usual.sizes(),
                usual.pages(),
                lease,
                usual.looks(),
                new Policy.Pacing(usual.pacing().firstBound(), usual.pacing().prompt(), answer),
                usual.outages(),
                usual.retrying(),
                usual.channels());
    }

    /** Takes up again what is not answered for after three seconds: answers come at once here. */
    static class Hasty {
        @Bean
        Policy policy() {
            return timed(Policy.STANDARD.lease(), Duration.ofSeconds(3));
        }
    }

    static class TrueClock implements BooksClock {
        @Override
        public Instant now() {
            return Instant.now();
        }
    }

    /** The engine's threads live in real time. */
    static class TrueTime {
        @Bean
        @Primary
        Clock time() {
            return Clock.systemUTC();
        }
    }

    record Pigeon(long key, LongFunction<String> lofts) implements FannedOutChannel.Recipient {

        @Override
        public String origin() {
            return lofts.apply(key);
        }
    }

    /** Recipients 1 to N, whose origin is their key modulo 3. */
    static class Pigeons implements FannedOutChannel<Pigeon> {

        /** One in so many is asleep, where anybody is. */
        static final int SLEEPERS = 5;

        volatile long count;
        volatile Set<Integer> waking = Set.of();
        volatile Consumer<Runnable> answering = Runnable::run;
        volatile LongFunction<@Nullable Outcome> outcome = key -> new Outcome.Accepted();

        /** Who wants it still when they are tried again. */
        volatile LongPredicate stillMeant = key -> true;

        /** Who is there still when they are tried again. */
        volatile LongPredicate there = key -> true;

        /** Runs wherever the engine's threads come by. */
        volatile Runnable trouble = () -> {};

        /** Runs as each leaves; hears whether it may still. */
        volatile Consumer<BooleanSupplier> leaving = wanted -> {};

        final Map<Long, List<Errand>> told = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "pigeon";
        }

        @Override
        public long highestKey(TownId town) {
            return count;
        }

        @Override
        public Set<Integer> wakingHours(TownId town, int asleepAt) {
            return waking;
        }

        @Override
        public Reached reach(TownId town, Audience audience, int hour, long after, long upTo) {
            long all = Math.max(0, Math.min(upTo, count) - after);
            long asleep = waking.isEmpty() || audience.kind() == Kind.EMERGENCY ? 0 : all / SLEEPERS;
            return new Reached(
                    all - asleep,
                    asleep == 0
                            ? new TreeMap<>()
                            : new TreeMap<>(Map.of(waking.iterator().next(), asleep)));
        }

        @Override
        public List<Pigeon> recipients(Errand errand, long after, long upTo, int size) {
            trouble.run();
            return LongStream.rangeClosed(after + 1, Math.min(upTo, count))
                    .filter(key -> switch (errand.hours()) {
                        case Hours.Any any -> true;
                        case Hours.Reached reached ->
                            errand.earlier().stream().anyMatch(reach -> reach.from() < key && key <= reach.to());
                        case Hours.Awake awake -> waking.isEmpty() || key % SLEEPERS != 0;
                        case Hours.Waking later -> key % SLEEPERS == 0;
                    })
                    .limit(size)
                    .mapToObj(this::pigeon)
                    .toList();
        }

        private Pigeon pigeon(long pigeon) {
            return new Pigeon(pigeon, key -> {
                trouble.run();
                return "loft" + key % 3;
            });
        }

        @Override
        public List<Pigeon> recipients(Errand errand, List<Long> keys) {
            return keys.stream()
                    .filter(key -> stillMeant.test(key) && there.test(key))
                    .map(this::pigeon)
                    .toList();
        }

        @Override
        public Set<Long> known(TownId town, List<Long> keys) {
            return keys.stream().filter(there::test).collect(Collectors.toSet());
        }

        @Override
        public long boundary(TownId town, long after, long upTo, int size) {
            return Math.min(upTo, after + size);
        }

        @Override
        public Mailing<Pigeon> mailing(Errand errand) {
            return (pigeon, notAfter, wanted, answer) -> {
                trouble.run();
                leaving.accept(wanted);
                told.computeIfAbsent(pigeon.key(), key -> new CopyOnWriteArrayList<>())
                        .add(errand);
                Outcome decided = outcome.apply(pigeon.key());
                if (decided != null) {
                    answering.accept(() -> answer.accept(decided));
                }
            };
        }

        @Override
        public void forget(TownId town, List<Pigeon> gone) {}

        @Override
        public boolean repeatable() {
            return true;
        }
    }

    @BeforeEach
    void aTownAndItsPigeons() {
        engine.insertTown(town.value(), "clairval-" + town.value());
        subject.carrier().stop();
        pigeons.answering = Runnable::run;
        pigeons.trouble = () -> {};
        pigeons.leaving = wanted -> {};
        pigeons.count = 2_500;
        pigeons.waking = Set.of();
        pigeons.stillMeant = key -> true;
        pigeons.there = key -> true;
        subject.journal().entries().clear();
        pigeons.told.clear();
        pigeons.outcome = key -> new Outcome.Accepted();
    }

    @AfterEach
    void nothingIsLeftForTheNext() {
        subject.carrier().stop();
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("UPDATE dispatch SET settled_at = 1 WHERE town_id = :town AND settled_at IS NULL")
                        .param("town", town.value())
                        .update());
    }

    NoticeId published(Duration lasts) {
        return published(Kind.EMERGENCY, lasts);
    }

    NoticeId published(Kind kind, Duration lasts) {
        return published(kind, false, Instant.now(), lasts);
    }

    NoticeId practised(Duration lasts) {
        return published(Kind.EMERGENCY, true, Instant.now(), lasts);
    }

    /** @param at by the clock of the node that publishes */
    NoticeId published(Kind kind, boolean exercise, Instant at, Duration lasts) {
        NoticeId id = new NoticeId(IDS.incrementAndGet());
        engine.insertNotice(town.value(), id.value(), kind.name(), exercise);
        published(id, 1, Occasion.PUBLICATION, kind, exercise, at, lasts);
        return id;
    }

    void corrected(NoticeId id, Kind kind, Duration lasts) {
        published(id, 2, Occasion.CORRECTION, kind, false, Instant.now(), lasts);
    }

    /** By a correction that goes over these channels alone, of news that last for a further time, or have been over for long. */
    void corrected(NoticeId id, int revision, Duration lasts, String... channels) {
        published(id, revision, Occasion.CORRECTION, Kind.NEWS, false, Instant.now(), lasts, channels);
    }

    private void published(
            NoticeId id, int revision, Occasion occasion, Kind kind, boolean exercise, Instant at, Duration lasts) {
        published(id, revision, occasion, kind, exercise, at, lasts, "pigeon");
    }

    private void published(
            NoticeId id,
            int revision,
            Occasion occasion,
            Kind kind,
            boolean exercise,
            Instant at,
            Duration lasts,
            String... channels) {
        engine.writing().executeWithoutResult(status -> {
            subject.step()
                    .taken(new Step.Published(
                            town,
                            id,
                            at,
                            revision,
                            occasion,
                            kind,
                            exercise,
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new TreeSet<>(Set.of(channels)),
                            List.of(),
                            at.plus(lasts)));
        });
    }

    void withdrawn(NoticeId id) {
        withdrawn(id, false);
    }

    void withdrawn(NoticeId id, boolean exercise) {
        engine.writing()
                .executeWithoutResult(
                        status -> subject.step().taken(new Step.Withdrawn(town, id, Instant.now(), exercise, 1)));
    }

    Account account(NoticeId id, Purpose purpose) {
        return subject.dispatches().accounts(town, id).stream()
                .filter(account -> account.dispatch().purpose() == purpose)
                .findFirst()
                .orElseThrow();
    }

    Account settled(NoticeId id, Purpose purpose) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, purpose), account -> account.dispatch().settledAt() != null);
    }

    /** How often each was told of this notice. */
    Map<Long, Long> told(NoticeId id) {
        return pigeons.told.entrySet().stream()
                .flatMap(each -> each.getValue().stream()
                        .filter(errand -> errand.notice().equals(id))
                        .map(errand -> each.getKey()))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /**
     * To everybody in the pages that had begun (RULES.md), and to nobody else. Not all of them were told: some were called back
     * from the pages of that moment, some waited to be tried again.
     */
    void goesToAllInThePagesThatHadBegun(Account withdrawal, Account first) {
        assertThat(withdrawal.total()).isEqualTo(ofSlices("sum(sent_key - number)", "number >= 0", first));
        long waited = ofSlices("sum(stopped + unknown)", "number < 0", first);
        int underWay =
                (Policy.STANDARD.pages().atOnce() + Policy.STANDARD.pages().lagging())
                        * Policy.STANDARD.sizes().page();
        long perhapsTold = first.total() - first.stopped();
        assertThat(withdrawal.total()).isBetween(perhapsTold, perhapsTold + waited + underWay);
        assertThat(pigeons.told.values().stream().map(errands -> purposes(errands, first)))
                .filteredOn(purposes -> !purposes.isEmpty())
                .allSatisfy(purposes ->
                        assertThat(purposes).endsWith(Purpose.WITHDRAWAL).doesNotHaveDuplicates());
    }

    private static List<Purpose> purposes(List<Errand> errands, Account account) {
        return errands.stream()
                .filter(errand -> errand.notice().equals(account.dispatch().notice()))
                .map(Errand::purpose)
                .toList();
    }

    private long ofSlices(String what, String which, Account account) {
        return engine.jdbc()
                .sql("SELECT COALESCE(" + what
                        + ", 0) FROM dispatch_slice WHERE town_id = :town AND dispatch_id = :id AND " + which)
                .param("town", town.value())
                .param("id", account.dispatch().id())
                .query(Long.class)
                .single();
    }

    /** So slowly that many are left while something else is done. */
    static void fromAfar(Runnable answer) {
        Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            answer.run();
        });
    }
}
