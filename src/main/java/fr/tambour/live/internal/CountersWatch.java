package fr.tambour.live.internal;

import fr.tambour.storage.Database;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * On PostgreSQL, where other nodes publish as well: looks at the towns' counters twice a second and wakes what is open here.
 * SQLite has one node.
 */
@Component
class CountersWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CountersWatch.class);
    private static final int PERIOD_MS = 500;

    private final Towns towns;
    private final Pulse pulse;
    private final Database database;
    private @Nullable ScheduledExecutorService timer;
    private Map<TownId, Long> seen = Map.of();
    private boolean failing;

    CountersWatch(Towns towns, Pulse pulse, Database database) {
        this.towns = towns;
        this.pulse = pulse;
        this.database = database;
    }

    @Override
    public synchronized void start() {
        if (database.isPostgres() && timer == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("counters-watch").factory());
            started.scheduleWithFixedDelay(this::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
            timer = started;
        }
    }

    private void look() {
        try {
            Map<TownId, Long> now = towns.counters();
            Map<TownId, Long> before = seen;
            seen = now;
            now.forEach((town, counter) -> {
                if (!counter.equals(before.get(town))) {
                    pulse.beat(town);
                }
            });
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) {
                LOG.warn("Open pages hear nothing of other nodes until the database answers again: {}", e.toString());
            }
            failing = true;
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
