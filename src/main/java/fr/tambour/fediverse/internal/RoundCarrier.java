package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Outcome;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries rounds, a page at a time: all of a page are asked at once, and who has not taken it in a moment gets a letter. After a
 * crash a page may leave twice, which is as good as once: what leaves has an identifier.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class RoundCarrier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoundCarrier.class);

    private static final int PAGE = 500;
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Nobody holds the others up for longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Whoever is slow may still take it by then. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Rounds rounds;
    private final Delivery delivery;
    private final Actors actors;
    private final Towns towns;
    private final Standing standing;
    private final KeptOut keptOut;
    private final InstanceFacts facts;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private volatile Thread carrying = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean closed;

    RoundCarrier(
            Rounds rounds,
            Delivery delivery,
            Actors actors,
            Towns towns,
            Standing standing,
            KeptOut keptOut,
            InstanceFacts facts,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.rounds = rounds;
        this.delivery = delivery;
        this.actors = actors;
        this.towns = towns;
        this.standing = standing;
        this.keptOut = keptOut;
        this.facts = facts;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** On a thread of its own: who is asked may take seconds. */
    @Scheduled(initialDelay = 3_100, fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
    void look() {
        if (carrying.isAlive() || closed) {
            return;
        }
        try {
            if (isAnyDue()) {
                carrying = Thread.ofVirtual().name("rounds").start(this::carry);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What accounts tell their followers waits until the database answers: {}", e.getMessage());
        }
    }

    private boolean isAnyDue() {
        return Boolean.TRUE.equals(reading.execute(
                status -> rounds.due(clock.instant(), facts.paused().keySet()).isPresent()));
    }

    private void carry() {
        try {
            while (!closed && carryOne()) {
                // The next page.
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What accounts tell their followers waits until the database answers: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (carrying.isAlive()) {
            carrying.interrupt();
            carrying.join(PATIENCE);
        }
    }

    private boolean carryOne() throws InterruptedException {
        Set<Long> paused =
                Objects.requireNonNull(reading.execute(status -> facts.paused().keySet()));
        Instant now = clock.instant();
        if (!isAnyDue()) {
            return false;
        }
        Optional<Rounds.Taken> taken =
                Objects.requireNonNull(writing.execute(status -> rounds.take(now, LEASE, paused)));
        if (taken.isEmpty()) {
            return false;
        }
        Optional<Town> town = towns.byId(taken.get().town());
        Optional<Actor> from = town.flatMap(one -> actors.byId(one, taken.get().from()))
                .map(actor -> signing(actor, taken.get().signedWith()));
        List<Rounds.Stop> stops = from.isEmpty()
                ? List.of()
                : Objects.requireNonNull(reading.execute(status -> rounds.next(taken.get(), PAGE)));
        if (stops.isEmpty() || taken.get().isTooOld(now)) {
            writing.executeWithoutResult(status -> rounds.remove(taken.get()));
        } else {
            Rounds.Round round = new Rounds.Round(
                    taken.get().id(),
                    from.orElseThrow(),
                    taken.get().subject(),
                    taken.get().body());
            tell(round, taken.get(), stops);
        }
        return true;
    }

    private Actor signing(Actor actor, Actors.@Nullable OldKey old) {
        return old == null ? actor : actors.with(actor, old);
    }

    void tell(Rounds.Round round, Rounds.Taken taken, List<Rounds.Stop> stops) throws InterruptedException {
        boolean forAll = CuttingOff.takesAway(round.body());
        List<Rounds.Stop> wanted = forAll ? stops : wanted(taken.town(), stops);
        Map<Long, Outcome> came = new ConcurrentHashMap<>();
        CountDownLatch open = new CountDownLatch(wanted.size());
        for (Rounds.Stop stop : wanted) {
            BooleanSupplier still = () -> forAll || !keptOut.lately(taken.town(), stop.host());
            delivery.send(round.from(), stop.address(), round.body(), null, still, outcome -> {
                standing.heard(taken.town(), stop.host(), outcome);
                came.put(stop.key(), outcome);
                open.countDown();
            });
        }
        boolean all = open.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug(
                "Of {} inboxes {} have answered{}", wanted.size(), came.size(), all ? "" : "; the others get a letter");
        List<Rounds.Stop> untold =
                wanted.stream().filter(stop -> isUntold(came.get(stop.key()))).toList();
        Instant now = clock.instant();
        writing.executeWithoutResult(
                status -> rounds.told(round, taken, untold, stops.getLast().key(), now, now.plus(LATER)));
    }

    /** Which may have been blocked since the round began, here or on another node. */
    private List<Rounds.Stop> wanted(TownId town, List<Rounds.Stop> stops) {
        Set<String> blocked = Objects.requireNonNull(reading.execute(status ->
                keptOut.among(town, stops.stream().map(Rounds.Stop::host).toList())));
        return stops.stream().filter(stop -> !blocked.contains(stop.host())).toList();
    }

    private static boolean isUntold(@Nullable Outcome outcome) {
        return outcome == null || outcome instanceof Outcome.RetryAt;
    }
}
