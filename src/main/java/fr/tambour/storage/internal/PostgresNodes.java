package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariDataSource;
import fr.tambour.storage.OtherNodes;
import fr.tambour.storage.StorageSettings.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks regularly, and listens meanwhile unless it is told not to. */
final class PostgresNodes implements OtherNodes, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNodes.class);

    private final long period;
    private final boolean listens;
    private final Notifications notifications;
    private final Announcer announcer;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();

    /** @param pool what is listened on has the same address, credentials and TLS */
    PostgresNodes(HikariDataSource pool, DatabaseSettings settings) {
        this.period = settings.look().toMillis();
        this.listens = settings.notifications();
        this.announcer = new Announcer(pool);
        this.notifications = new Notifications(pool, announcer, this::heard);
    }

    private static final class Watch {
        final String unless;
        final Runnable look;
        boolean failing;

        Watch(String unless, Runnable look) {
            this.unless = unless;
            this.look = look;
        }
    }

    @Override
    public void watch(String unless, Runnable look) {
        watches.add(new Watch(unless, look));
    }

    @Override
    public void listen(LongConsumer heard) {
        listeners.add(heard);
    }

    @Override
    public void tell(long town) {
        if (listens) {
            announcer.tell(town);
        }
    }

    @Override
    public synchronized void start() {
        if (!running.isEmpty() || watches.isEmpty()) {
            return;
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("other-nodes").factory());
        timer.scheduleWithFixedDelay(() -> watches.forEach(PostgresNodes::look), period, period, TimeUnit.MILLISECONDS);
        running.add(timer::shutdownNow);
        if (listens) {
            notifications.begin();
            running.add(notifications::end);
        }
    }

    private static void look(Watch watch) {
        try {
            watch.look.run();
            watch.failing = false;
        } catch (DataAccessException | TransactionException e) {
            if (!watch.failing) {
                LOG.warn("{} until the database answers again: {}", watch.unless, e.toString());
            }
            watch.failing = true;
        }
    }

    private void heard(long town) {
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(town);
            } catch (DataAccessException | TransactionException e) {
                LOG.debug("What was told of is left to the next look", e);
            }
        }
    }

    /** Whether what other nodes tell arrives. */
    boolean isListening() {
        return notifications.isListening();
    }

    @Override
    public synchronized void stop() {
        for (AutoCloseable one : running) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.debug("One of them did not end in order", e);
            }
        }
        running.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    /** Before the pools are closed, and after everything that tells. */
    @Override
    public int getPhase() {
        return 0;
    }
}
