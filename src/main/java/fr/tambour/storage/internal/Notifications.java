package fr.tambour.storage.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One connection beside the pool on which this node listens (`LISTEN`), for as long as it runs. Whether anything arrives is
 * tried first: a pooler that lends a connection for one transaction (pgbouncer, `pool_mode = transaction`) answers to
 * `LISTEN` and lets nothing through. What is lost with a line is found by the regular look.
 */
final class Notifications {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Where nothing comes through, somebody may change that. */
    private static final Duration WAIT_WHERE_NOTHING_COMES = Duration.ofMinutes(10);

    private static final Duration TRIAL = Duration.ofSeconds(2);

    /** A line that is dead without a word is found by asking. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final HikariDataSource pool;
    private final Announcer announcer;
    private final LongConsumer heard;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Connection line;
    private volatile boolean listening;
    private boolean lost;
    private boolean deaf;

    Notifications(HikariDataSource pool, Announcer announcer, LongConsumer heard) {
        this.pool = pool;
        this.announcer = announcer;
        this.heard = heard;
    }

    void begin() {
        Thread.ofVirtual().name("notifications").start(this::run);
    }

    void end() {
        over.countDown();
        Connection open = line;
        if (open != null) {
            try {
                // Closing would wait for what is being waited for.
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The line was not closed in order", e);
            }
        }
    }

    boolean isListening() {
        return listening;
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        while (!isOver()) {
            try (Connection open = connect()) {
                line = open;
                PGConnection notified = listen(open);
                if (comesThrough(notified)) {
                    wait = FIRST_WAIT;
                    hear(open, notified);
                } else {
                    wait = WAIT_WHERE_NOTHING_COMES;
                    sayOnceThatNothingComes();
                }
            } catch (SQLException | DataAccessException e) {
                sayOnceThatItIsLost(e);
            } finally {
                listening = false;
                line = null;
            }
            pause(wait);
            wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : wait;
        }
    }

    /** As the pool does, TLS, credentials and application name included. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        if (pool.getUsername() != null) {
            properties.setProperty("user", pool.getUsername());
        }
        if (pool.getPassword() != null) {
            properties.setProperty("password", pool.getPassword());
        }
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    private static PGConnection listen(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("LISTEN " + Announcer.CHANNEL);
        }
        return open.unwrap(PGConnection.class);
    }

    private boolean comesThrough(PGConnection notified) throws SQLException {
        String trial = "trial " + UUID.randomUUID();
        announcer.say(trial);
        long until = System.nanoTime() + TRIAL.toNanos();
        boolean came = false;
        for (long left = TRIAL.toMillis(); !came && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            for (PGNotification one : next(notified, left)) {
                came |= one.getParameter().equals(trial);
            }
        }
        return came;
    }

    private void hear(Connection open, PGConnection notified) throws SQLException {
        if (lost || deaf) {
            LOG.info("Other nodes are heard again");
        }
        lost = false;
        deaf = false;
        listening = true;
        while (!isOver()) {
            PGNotification[] some = next(notified, SILENCE.toMillis());
            for (PGNotification one : some) {
                town(one.getParameter());
            }
            if (some.length == 0) {
                try (Statement asked = open.createStatement()) {
                    asked.execute("SELECT 1");
                }
            }
        }
    }

    private void town(String told) {
        if (told.matches("[0-9]{1,18}")) {
            heard.accept(Long.parseLong(told));
        }
    }

    private static PGNotification[] next(PGConnection notified, long millis) throws SQLException {
        PGNotification[] some = notified.getNotifications((int) Math.max(1, millis));
        return some == null ? new PGNotification[0] : some;
    }

    private void sayOnceThatItIsLost(Exception e) {
        if (!lost && !isOver()) {
            lost = true;
            LOG.warn(
                    "Other nodes are not heard at once, but within a second, until the database lets us listen: {}",
                    e.toString());
        }
    }

    private void sayOnceThatNothingComes() {
        if (!deaf && !isOver()) {
            deaf = true;
            LOG.info(
                    "Other nodes are heard within a second, not at once: the notifications of PostgreSQL do not come through,"
                            + " as behind a pooler that lends connections for one transaction. TAMBOUR_DATABASE_NOTIFICATIONS=false"
                            + " stops trying.");
        }
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }

    /** More or less: not all nodes at once. */
    private void pause(Duration wait) {
        long millis = wait.toMillis();
        try {
            if (over.await(millis / 2 + ThreadLocalRandom.current().nextLong(millis), TimeUnit.MILLISECONDS)) {
                LOG.debug("It is over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over.countDown();
        }
    }
}
