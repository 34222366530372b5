package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Choices;
import fr.tambour.dispatch.Choices.QuietHours;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcPhonesTest implements PhonesContract {

    private static final AtomicLong IDS = new AtomicLong(1);

    private final Engine engine;
    private final Phones phones;
    private final TownId town = new TownId(IDS.incrementAndGet());

    JdbcPhonesTest(Engine engine) {
        this.engine = engine;
        this.phones = engine.make(JdbcPhones.class);
    }

    @BeforeEach
    void aTownOfItsOwn() {
        engine.insertTown(town.value(), "clairval-" + town.value());
    }

    @Test
    void twoChangesAtTheSameMomentAreMadeOneAfterTheOther() throws Exception {
        Instant second = NOW.plusSeconds(1);
        Instant third = NOW.plusSeconds(2);
        written(() -> phones.add(town, phone(), "mac", true, ALL, "token", NOW));
        written(() -> {
            phones.activate(town, 1, "token", NOW, NOW, MONTH);
            return true;
        });

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> later = written(() -> {
                phones.choose(town, 1, SOME, second);
                Future<Boolean> waits = other.submit(() -> written(() -> {
                    phones.choose(town, 1, ALL, third);
                    return true;
                }));
                if (engine.dialect() == Dialect.POSTGRESQL) {
                    // SQLite has one writer: there the other one has not even begun.
                    Await.until(engine::isAnybodyWaiting);
                }
                return waits;
            });
            assertThat(later.get()).isTrue();
        }

        assertThat(phones.find(town, "mac").orElseThrow().choices()).isEqualTo(ALL);
        assertThat(phones.past(town, 1, 1, NOW).get(1L))
                .containsExactlyInAnyOrder(new Phones.Past(ALL, NOW, second), new Phones.Past(SOME, second, third));
    }

    @Test
    void atEachHourItIsKnownWhenThoseWillWakeWhoAreAsleep() {
        List<QuietHours> quiet = List.of(
                new QuietHours(21, 7),
                new QuietHours(23, 6),
                new QuietHours(13, 14),
                new QuietHours(8, 12),
                new QuietHours(22, 0),
                new QuietHours(0, 5),
                new QuietHours(7, 6));
        for (QuietHours hours : quiet) {
            added(quiet.indexOf(hours) + 1, new Choices(Set.of(), Set.of(), Set.of(), hours, "fr", false));
        }
        for (int hour = 0; hour < 24; hour++) {
            int asleepAt = hour;
            assertThat(phones.wakingHours(town, hour))
                    .as("at %d", hour)
                    .isEqualTo(quiet.stream()
                            .filter(hours -> sleeps(hours, asleepAt))
                            .map(QuietHours::until)
                            .collect(Collectors.toSet()));
        }
    }

    private static boolean sleeps(QuietHours hours, int hour) {
        for (int at = hours.from(); at != hours.until(); at = (at + 1) % 24) {
            if (at == hour) {
                return true;
            }
        }
        return false;
    }

    /** It is asked while a notice is published: of a million phones that all sleep from nine to seven none is looked at. */
    @Test
    void whenThoseWakeWhoAreAsleepIsLookedUpAndNotCounted() {
        List<String> plan = plan(JdbcPhones.WAKING, "hour", 15);

        assertThat(plan)
                .filteredOn(step -> step.matches(".*quiet_until *=.*quiet_from *[<>].*"))
                .as("%s", plan)
                .hasSize(3);
        List<String> former = plan(JdbcPhones.FORMER_QUIET, "since", 0L);
        assertThat(former)
                .filteredOn(step -> step.matches(".*town_id *=.*until_at *>.*"))
                .as("%s", former)
                .hasSize(1);
    }

    private List<String> plan(String query, String name, Object value) {
        return written(() -> {
            if (engine.dialect() == Dialect.POSTGRESQL) {
                // Of a handful of phones it would rather read all.
                engine.jdbc().sql("SET LOCAL enable_seqscan = off").update();
                engine.jdbc().sql("SET LOCAL enable_bitmapscan = off").update();
            }
            return engine.jdbc()
                    .sql(engine.database().pick("EXPLAIN QUERY PLAN ", "EXPLAIN ") + query)
                    .param("town", town.value())
                    .param(name, value)
                    .query((row, n) -> row.getString(engine.database().pick("detail", "QUERY PLAN")))
                    .list();
        });
    }

    /** Of two services' answers no two nodes hear in the same order which phones are gone. */
    @Test
    void twoNodesThatForgetTheSamePhonesInAnotherOrderDoNotWaitForEachOtherForEver() throws Exception {
        Phone first = added(1);
        Phone second = added(2);

        try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            Future<Boolean> one = nodes.submit(() -> forgotten(both, first, second));
            Future<Boolean> other = nodes.submit(() -> forgotten(both, second, first));
            assertThat(one.get()).isTrue();
            assertThat(other.get()).isTrue();
        }

        assertThat(phones.known(town, List.of(1L, 2L))).isEmpty();
    }

    private boolean forgotten(CyclicBarrier both, Phone first, Phone second) {
        return written(() -> {
            phones.forget(town, first, "mac" + first.key());
            if (engine.dialect() == Dialect.POSTGRESQL) {
                // SQLite has one writer: there the other one has not even begun.
                try {
                    both.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
            phones.forget(town, second, "mac" + second.key());
            return true;
        });
    }

    private Phone added(long key) {
        return added(key, ALL);
    }

    private Phone added(long key, Choices choices) {
        Phone phone = new Phone(key, "push.example", TestKeys.endpoint("https://push.example/" + key, (int) key), "fr");
        written(() -> phones.add(town, phone, "mac" + key, true, choices, "token", NOW));
        return phone;
    }

    @Test
    void whoHasGotAnotherAddressIsAwayUntilTheirTokenIsBackAndWhoNeverWasThereIsNot() {
        List<Long> all = List.of(1L, 2L, 3L, 4L);
        for (long key = 1; key <= 3; key++) {
            added(key);
        }
        for (long key = 1; key <= 2; key++) {
            activated(key);
        }
        written(() -> phones.move(town, 1, phone(), "mac1", true, "token", NOW, NOW.plusSeconds(600)));

        assertThat(phones.away(town, all)).containsExactly(1L);
        activated(1);
        assertThat(phones.away(town, all)).isEmpty();
    }

    private void activated(long key) {
        written(() -> {
            phones.activate(town, key, "token", NOW, NOW, MONTH);
            return true;
        });
    }

    private static Phone phone() {
        return new Phone(1, "push.example", TestKeys.endpoint("https://push.example/1", 1), "fr");
    }

    @Test
    void whoIsNotSeenAnyMoreIsLookedForWithoutKeepingAnybodyFromWriting() throws Exception {
        written(() -> phones.add(town, phone(), "mac", true, ALL, "token", NOW));
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            // SQLite has one writer: whoever looks for them as such a one waits for this.
            boolean looked = written(() -> {
                phones.seen(town, 1, MONTH.plusMonths(1));
                Future<?> looks = other.submit(() -> forgets(MONTH.minusMonths(12), MONTH.plusMonths(1)));
                Await.until(looks::isDone);
                return looks.state() == Future.State.SUCCESS;
            });
            assertThat(looked).isTrue();
        }
    }

    @Override
    public void forgets(YearMonth before, YearMonth now) {
        PhoneSettings settings = new PhoneSettings(1, 1, Math.toIntExact(ChronoUnit.MONTHS.between(before, now)), 0);
        new Unseen(phones, settings, Objects.requireNonNull(engine.writing().getTransactionManager()))
                .sweep(now.atDay(20).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    @Override
    public Phones phones() {
        return phones;
    }

    @Override
    public TownId town() {
        return town;
    }

    @Override
    public <T> T written(Supplier<T> change) {
        return Objects.requireNonNull(engine.writing().execute(status -> change.get()));
    }
}
