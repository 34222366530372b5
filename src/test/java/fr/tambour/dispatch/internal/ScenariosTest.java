package fr.tambour.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.internal.engine.SimPhone;
import fr.tambour.dispatch.internal.engine.SimTowns;
import fr.tambour.dispatch.internal.engine.World;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    record Subject(JdbcBooks books, Phones phones, Letters letters, SettableClock clock) {}

    ScenariosTest(Engine engine) {
        this.engine = engine;
        this.subject = engine.make(
                Subject.class,
                JdbcBooks.class,
                JdbcLedger.Rows.class,
                FannedOutChannels.class,
                Errands.class,
                Phones.class,
                Letters.class,
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
                            clock.now = now;
                            return new DatabaseBooks(engine, subject.books(), towns, base);
                        })
                        .run();
            } catch (AssertionError | RuntimeException e) {
                complaints.add("seed " + seed + ": " + e);
            }
        }
        assertThat(complaints).isEmpty();
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
                    .filter(phone -> isFor(errand, phone.key()))
                    .limit(size)
                    .toList();
        }

        private boolean isFor(Errand errand, long key) {
            return !(errand.hours() instanceof Hours.Reached)
                            && towns.isMeant(
                                    audience(errand.audience()), errand.town().value(), key)
                    || SimTowns.sharesOut(audience(errand.audience()), key)
                            && errand.earlier().stream()
                                    .anyMatch(reach -> !(reach.hours() instanceof Hours.Reached)
                                            && reach.from() < key
                                            && key <= reach.to()
                                            && SimTowns.isTold(audience(reach.audience()), key));
        }

        private static int audience(Audience audience) {
            return audience.themes().iterator().next().intValue();
        }

        @Override
        public List<SimPhone> recipients(Errand errand, List<Long> keys) {
            Set<Long> wanted = new HashSet<>(keys);
            return there(errand.town(), 0, Long.MAX_VALUE)
                    .filter(phone -> wanted.contains(phone.key()) && isFor(errand, phone.key()))
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
            return towns.repeatable();
        }
    }

    static Purpose purpose(int audience) {
        return audience == SimTowns.NOBODY ? Purpose.WITHDRAWAL : Purpose.CORRECTION;
    }
}
