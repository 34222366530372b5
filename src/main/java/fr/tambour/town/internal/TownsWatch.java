package fr.tambour.town.internal;

import fr.tambour.storage.Database;
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

/** On PostgreSQL, where other nodes may change a town: looks twice a second. SQLite has one node. */
@Component
class TownsWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TownsWatch.class);
    private static final int PERIOD_MS = 500;

    private final JdbcTowns towns;
    private final Database database;
    private @Nullable ScheduledExecutorService timer;
    private boolean failing;

    TownsWatch(JdbcTowns towns, Database database) {
        this.towns = towns;
        this.database = database;
    }

    @Override
    public synchronized void start() {
        if (database.isPostgres() && timer == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("towns-watch").factory());
            started.scheduleWithFixedDelay(this::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
            timer = started;
        }
    }

    private void look() {
        try {
            towns.refresh();
            failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!failing) {
                LOG.warn(
                        "Changes of towns by other nodes are not seen until the database answers again: {}",
                        e.toString());
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
