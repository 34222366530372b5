package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.TimerState;
import fr.tambour.notice.NoticeClock;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for what is due and has it done: at the next due moment, and at least every second, since another node may have
 * scheduled something sooner. It keeps nothing: what is due is a query, so a crash loses nothing.
 */
@Component
class DueTimer implements SmartLifecycle, TimerState {

    private static final Logger LOG = LoggerFactory.getLogger(DueTimer.class);

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(5);

    private final NoticeClock notices;
    private final InstanceFacts facts;
    private final TransactionTemplate read;
    private final Clock clock;
    private final boolean enabled;
    private volatile @Nullable ScheduledExecutorService executor;
    private volatile Instant lastRun = Instant.EPOCH;

    DueTimer(
            NoticeClock notices,
            InstanceFacts facts,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${tambour.timer.enabled:true}") boolean enabled) {
        this.notices = notices;
        this.facts = facts;
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
        this.clock = clock;
        this.enabled = enabled;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("due-timer").daemon().factory());
        // What is being published when it stops is finished; the next look is left to the next start.
        made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor = made;
        made.execute(this::run);
    }

    private void run() {
        Duration wait = AFTER_FAILURE;
        try {
            wait = tick();
        } catch (TransientDataAccessException e) {
            LOG.warn("The database is busy: what is due is looked for again in {} s", AFTER_FAILURE.toSeconds());
        } catch (RuntimeException e) {
            LOG.error("What is due could not be looked for: again in {} s", AFTER_FAILURE.toSeconds(), e);
        } finally {
            // Whatever was thrown, an error of the machine included: nothing would ever be published again.
            again(wait);
        }
    }

    private void again(Duration wait) {
        ScheduledExecutorService running = executor;
        if (running == null) {
            return;
        }
        try {
            running.schedule(this::run, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The timer stopped meanwhile: what is due is left to the next start");
        }
    }

    /** Does what is due and says how long nothing will be. */
    Duration tick() {
        Instant now = clock.instant();
        int moved = notices.advance(now, paused());
        lastRun = now;
        Duration next = notices.next()
                .map(due -> Duration.between(clock.instant(), due))
                .orElse(LONGEST);
        boolean due = next.isNegative() || next.isZero();
        if (due && moved > 0) {
            // More was due than is taken up in one go.
            return SHORTEST;
        }
        // What is due already and did not move (paused, failed) waits for the next look.
        return due || next.compareTo(LONGEST) > 0 ? LONGEST : max(next, SHORTEST);
    }

    /** After a restore people of each town decide what still goes out; ends come all the same. */
    private Set<TownId> paused() {
        return Objects.requireNonNull(read.execute(
                status -> facts.paused().keySet().stream().map(TownId::new).collect(Collectors.toSet())));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public Instant lastRun() {
        return lastRun;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = executor;
        if (running != null) {
            running.shutdown();
            try {
                if (!running.awaitTermination(10, TimeUnit.SECONDS)) {
                    LOG.warn("What was being published is left to the next start");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            executor = null;
        }
    }

    @Override
    public boolean isRunning() {
        return executor != null;
    }
}
