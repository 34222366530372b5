package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.audit.RecordedEntry;
import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Account.Stage;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Dispatches.Left;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.live.Progress;
import fr.tambour.notice.Interventions;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.NoticeStep.Step;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;

/** The engine with its threads, on real books, against a channel of the test's. */
@OnBothEngines
class CarrierTest {

    private static final AtomicLong IDS = new AtomicLong(50_000);

    private final Engine engine;
    private final Subject subject;
    private final Pigeons pigeons;
    private final TownId town = new TownId(IDS.incrementAndGet());

    record Subject(
            Dispatches dispatches,
            Interventions interventions,
            Progress progress,
            Journal journal,
            NoticeStep step,
            Carrier carrier,
            JdbcBooks books,
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

    CarrierTest(Engine engine) {
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

    /** Takes up again what is not answered for after three seconds: answers come at once here. */
    static class Hasty {
        @Bean
        Policy policy() {
            Policy usual = Policy.STANDARD;
            return new Policy(
                    usual.pageSize(),
                    usual.sliceSize(),
                    usual.windSize(),
                    usual.pages(),
                    usual.reserved(),
                    usual.lagging(),
                    usual.lease(),
                    usual.lull(),
                    usual.patience(),
                    usual.firstBound(),
                    usual.prompt(),
                    Duration.ofSeconds(3),
                    usual.look(),
                    usual.firstRetry(),
                    usual.longestRetry(),
                    usual.attempts());
        }
    }

    static class TrueClock implements BooksClock {
        @Override
        public Instant now() {
            return Instant.now();
        }
    }

    /** The engine's threads live in real time. */
    @Primary
    static class TrueTime extends Clock {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    record Pigeon(long key, String origin) implements FannedOutChannel.Recipient {}

    /** Recipients 1 to N, whose origin is their key modulo 3. */
    static class Pigeons implements FannedOutChannel<Pigeon> {

        /** One in so many is asleep, where anybody is. */
        static final int SLEEPERS = 5;

        volatile long count;
        volatile Set<Integer> waking = Set.of();
        volatile Consumer<Runnable> answering = Runnable::run;
        volatile LongFunction<@Nullable Outcome> outcome = key -> new Outcome.Accepted();
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
            return LongStream.rangeClosed(after + 1, Math.min(upTo, count))
                    .filter(key -> switch (errand.hours()) {
                        case Hours.Any any -> true;
                        case Hours.Reached reached ->
                            errand.earlier().stream().anyMatch(reach -> reach.from() < key && key <= reach.to());
                        case Hours.Awake awake -> waking.isEmpty() || key % SLEEPERS != 0;
                        case Hours.Waking later -> key % SLEEPERS == 0;
                    })
                    .limit(size)
                    .mapToObj(key -> new Pigeon(key, "loft" + key % 3))
                    .toList();
        }

        @Override
        public List<Pigeon> recipients(Errand errand, List<Long> keys) {
            return keys.stream().map(key -> new Pigeon(key, "loft" + key % 3)).toList();
        }

        @Override
        public long boundary(TownId town, long after, long upTo, int size) {
            return Math.min(upTo, after + size);
        }

        @Override
        public Mailing<Pigeon> mailing(Errand errand) {
            return (pigeon, notAfter, answer) -> {
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
        pigeons.count = 2_500;
        pigeons.waking = Set.of();
        subject.journal().entries().clear();
        pigeons.told.clear();
        pigeons.outcome = key -> new Outcome.Accepted();
    }

    @AfterEach
    void rest() {
        subject.carrier().stop();
    }

    private NoticeId published(Duration lasts) {
        NoticeId id = new NoticeId(IDS.incrementAndGet());
        engine.insertNotice(town.value(), id.value(), "EMERGENCY");
        engine.writing().executeWithoutResult(status -> {
            subject.step()
                    .taken(new Step.Published(
                            town,
                            id,
                            Instant.now(),
                            1,
                            Occasion.PUBLICATION,
                            Kind.EMERGENCY,
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new TreeSet<>(Set.of("pigeon")),
                            Instant.now().plus(lasts)));
        });
        return id;
    }

    private void withdrawn(NoticeId id) {
        engine.writing()
                .executeWithoutResult(status -> subject.step().taken(new Step.Withdrawn(town, id, Instant.now(), 1)));
    }

    private Account account(NoticeId id, Purpose purpose) {
        return subject.dispatches().accounts(town, id).stream()
                .filter(account -> account.dispatch().purpose() == purpose)
                .findFirst()
                .orElseThrow();
    }

    private Account settled(NoticeId id, Purpose purpose) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, purpose), account -> account.dispatch().settledAt() != null);
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

    @Test
    void whatAKilledProcessHeldIsFreeAtOnceWhereNobodyElseCanHoldIt() {
        NoticeId id = published(Duration.ofHours(1));
        Dispatch dispatch = account(id, Purpose.PUBLICATION).dispatch();
        Ref ref = new Ref(town.value(), dispatch.id());
        subject.books().write(ledger -> new Clerk(Policy.STANDARD).enter(ledger, new Order.Take(ref, Instant.now())));
        Instant lease = leasedUntil(ref);
        assertThat(lease).isAfter(Instant.now());

        subject.books().reclaim();

        assertThat(leasedUntil(ref)).isEqualTo(engine.dialect() == Dialect.SQLITE ? Instant.EPOCH : lease);
        subject.carrier().start();
        assertThat(settled(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500);
    }

    @Test
    void aWithdrawalStopsItAndGoesToWhomItMayHaveReachedOnly() {
        pigeons.count = 20_000;
        pigeons.answering = CarrierTest::fromAfar;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 500);

        withdrawn(id);

        Account first = settled(id, Purpose.PUBLICATION);
        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        assertThat(first.total()).isEqualTo(20_000);
        assertThat(first.stopped()).isPositive();
        assertThat(withdrawal.total()).isEqualTo(20_000 - first.stopped());
        pigeons.told
                .values()
                .forEach(errands -> assertThat(errands)
                        .extracting(Errand::purpose)
                        .endsWith(Purpose.WITHDRAWAL)
                        .doesNotHaveDuplicates());
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

    @Test
    void aSilentOriginHoldsNobodyElseUp() {
        subject.carrier().start();
        pigeons.outcome = key -> key % 3 == 0 ? null : new Outcome.Accepted();

        NoticeId id = published(Duration.ofMinutes(10));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(account(id, Purpose.PUBLICATION).accepted()).isEqualTo(2_500 - 833));
    }

    private final Actor approver = new Actor(
            new PersonId(8),
            town,
            "Marc",
            Set.of(Role.APPROVER),
            Set.of(NoticeRights.PUBLISH.name(), NoticeRights.EMERGENCY.name()));

    /** Pages that began so far. */
    private long begun(NoticeId id) {
        return engine.jdbc()
                .sql("""
                        SELECT COALESCE(sum(fence), 0) FROM dispatch_slice
                        WHERE town_id = :town AND dispatch_id IN (SELECT id FROM dispatch WHERE town_id = :town AND notice_id = :notice)
                        """)
                .param("town", town.value())
                .param("notice", id.value())
                .query(Long.class)
                .single();
    }

    /** So slowly that many are left while something else is done. */
    private static void fromAfar(Runnable answer) {
        Thread.startVirtualThread(() -> {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            answer.run();
        });
    }

    private NoticeId underWay() {
        pigeons.count = 20_000;
        pigeons.answering = CarrierTest::fromAfar;
        subject.carrier().start();
        NoticeId id = published(Duration.ofHours(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> pigeons.told.size() >= 500);
        return id;
    }

    @Test
    void whatIsPausedBeginsNoFurtherPageAndGoesOnAtItsCursorLosingNobody() {
        NoticeId id = underWay();

        subject.interventions().pause(approver, id, "pigeon", "Une coquille\u00a0?");

        long pages = begun(id);
        assertThat(account(id, Purpose.PUBLICATION).stage(Instant.now())).isEqualTo(Stage.PAUSED);
        // Another one goes out whole meanwhile: had there been anything to do for the first, it would have been done.
        pigeons.count = 2_000;
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);
        pigeons.count = 20_000;
        assertThat(begun(id)).isEqualTo(pages);
        Account paused = account(id, Purpose.PUBLICATION);
        assertThat(paused.total()).isLessThan(20_000);
        assertThat(subject.dispatches().left(paused).count()).isEqualTo(20_000 - paused.total());

        subject.interventions().resume(approver, id, "pigeon", "");

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.accepted()).isEqualTo(20_000);
        assertThat(account.total()).isEqualTo(20_000);
        assertThat(told(id))
                .hasSize(20_000)
                .allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
        assertThat(subject.journal().entries())
                .extracting(AuditEntry::action)
                .containsExactly("dispatch.pause", "dispatch.resume");
        assertThat(subject.journal().entries().getFirst())
                .isEqualTo(new AuditEntry(
                        town.value(),
                        8,
                        "dispatch.pause",
                        id.ref(),
                        Map.of("channel", "pigeon", "reason", "Une coquille\u00a0?")));
    }

    /** How often each was told of this notice. */
    private Map<Long, Long> told(NoticeId id) {
        Map<Long, Long> told = new HashMap<>();
        pigeons.told.forEach((key, errands) -> {
            long times = errands.stream()
                    .filter(errand -> errand.notice().equals(id))
                    .count();
            if (times > 0) {
                told.put(key, times);
            }
        });
        return told;
    }

    @Test
    void aRestartDoesNotResumeWhatAPersonPaused() {
        NoticeId id = underWay();
        subject.interventions().pause(approver, id, "pigeon", "");
        subject.carrier().stop();
        long pages = begun(id);

        subject.carrier().start();
        pigeons.count = 2_000;
        settled(published(Duration.ofHours(1)), Purpose.PUBLICATION);

        assertThat(begun(id)).isEqualTo(pages);
    }

    @Test
    void whatAPersonStopsIsCountedAsStoppedAndNeverResumed() {
        NoticeId id = underWay();

        subject.interventions().stop(approver, id, "pigeon", "Mauvaise date");

        Account account = settled(id, Purpose.PUBLICATION);
        assertThat(account.dispatch().state()).isEqualTo(State.STOPPED);
        assertThat(account.stopped()).isPositive();
        assertThat(account.total()).isEqualTo(20_000);
        assertThat(told(id)).hasSize(Math.toIntExact(20_000 - account.stopped()));
        assertThatThrownBy(() -> subject.interventions().resume(approver, id, "pigeon", ""))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
        assertThat(subject.dispatches().left(account)).isEqualTo(Left.NONE);

        withdrawn(id);

        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        assertThat(withdrawal.accepted()).isEqualTo(account.accepted() + account.unknown());
    }

    @Test
    void whatIsPausedIsStoppedByAWithdrawalWhichGoesOut() {
        NoticeId id = underWay();
        subject.interventions().pause(approver, id, "pigeon", "");

        withdrawn(id);

        Account withdrawal = settled(id, Purpose.WITHDRAWAL);
        Account publication = settled(id, Purpose.PUBLICATION);
        assertThat(publication.total()).isEqualTo(20_000);
        assertThat(withdrawal.total()).isEqualTo(20_000 - publication.stopped());
    }

    @Test
    void aWithdrawalIsHeldUpByNobody() {
        NoticeId id = published(Duration.ofHours(1));
        withdrawn(id);

        assertThatThrownBy(() -> subject.interventions().pause(approver, id, "pigeon", ""))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
        assertThat(subject.journal().entries()).isEmpty();
    }

    @Test
    void aPauseMovesNoEnd() {
        NoticeId id = published(Duration.ofMillis(300));
        subject.interventions().pause(approver, id, "pigeon", "");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Instant.now()
                        .isAfter(account(id, Purpose.PUBLICATION).dispatch().until()));

        subject.carrier().start();

        assertThat(settled(id, Purpose.PUBLICATION).expired()).isEqualTo(2_500);
        assertThat(pigeons.told).isEmpty();
    }

    @Test
    void whoMayNotPublishMayNotInterveneNorMayOneInAnAlertWithoutTheRightToAlert() {
        NoticeId id = published(Duration.ofHours(1));
        for (Set<String> rights : List.of(Set.of(NoticeRights.EMERGENCY.name()), Set.of(NoticeRights.PUBLISH.name()))) {
            Actor other = new Actor(new PersonId(9), town, "Inès", Set.of(Role.AUTHOR), rights);
            assertThatThrownBy(() -> subject.interventions().pause(other, id, "pigeon", ""))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(HttpStatus.FORBIDDEN));
        }
        Actor stranger =
                new Actor(new PersonId(8), new TownId(town.value() + 1), "Zoé", approver.roles(), approver.rights());
        assertThatThrownBy(() -> subject.interventions().stop(stranger, id, "pigeon", "Pour voir"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.nothing-under-way"));
    }

    @Test
    void aStopWantsAReasonAndWhatIsPausedAlreadyIsNotWrittenDownAgain() {
        NoticeId id = published(Duration.ofHours(1));
        assertThatThrownBy(() -> subject.interventions().stop(approver, id, "pigeon", " "))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("dispatch.reason-missing"));

        subject.interventions().pause(approver, id, "pigeon", "");
        subject.interventions().pause(approver, id, "pigeon", "");

        assertThat(subject.journal().entries()).hasSize(1);
    }

    @Test
    void whoSleepsIsPartOfTheSameAccountAndIsWaitedFor() {
        ZonedDateTime local = Instant.now().atZone(ZoneId.of("Europe/Paris"));
        int wakes = (local.getHour() + 2) % 24;
        pigeons.waking = Set.of(wakes);
        subject.carrier().start();

        NoticeId id = publishedNews();

        Account account = await().atMost(Duration.ofMinutes(1))
                .until(() -> account(id, Purpose.PUBLICATION), one -> one.stage(Instant.now()) == Stage.ASLEEP);
        assertThat(subject.dispatches().accounts(town, id)).hasSize(1);
        assertThat(account.parts()).hasSize(2);
        assertThat(account.accepted()).isEqualTo(2_000);
        assertThat(account.next())
                .isEqualTo(local.truncatedTo(ChronoUnit.HOURS).plusHours(2).toInstant());
        assertThat(account.dispatch().settledAt()).isNull();
        assertThat(subject.dispatches().left(account)).isEqualTo(new Left(500, 2_500, false));

        subject.interventions().stop(approver, id, "pigeon", "Finalement non");
        assertThat(account(id, Purpose.PUBLICATION).stage(Instant.now())).isEqualTo(Stage.STOPPED);
    }

    private NoticeId publishedNews() {
        NoticeId id = new NoticeId(IDS.incrementAndGet());
        engine.insertNotice(town.value(), id.value(), "NEWS");
        engine.writing().executeWithoutResult(status -> {
            subject.step()
                    .taken(new Step.Published(
                            town,
                            id,
                            Instant.now(),
                            1,
                            Occasion.PUBLICATION,
                            Kind.NEWS,
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new TreeSet<>(Set.of("pigeon")),
                            Instant.now().plus(Duration.ofDays(3))));
        });
        return id;
    }

    @Test
    void whatFollowsANoticeSeesThatItMovesAndThatItIsHeld() {
        NoticeId id = published(Duration.ofHours(1));
        long first = subject.progress().mark(town, id);
        assertThat(subject.progress().mark(town, id)).isEqualTo(first);

        subject.interventions().pause(approver, id, "pigeon", "");
        long held = subject.progress().mark(town, id);
        assertThat(held).isNotEqualTo(first);

        subject.interventions().resume(approver, id, "pigeon", "");
        subject.carrier().start();
        settled(id, Purpose.PUBLICATION);
        assertThat(subject.progress().mark(town, id)).isNotIn(first, held);
    }
}
