package fr.tambour.storage.internal;

import fr.tambour.storage.MachineClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The time by the database's clock, which is one for all nodes.
 *
 * <p>It is asked for before anything is served, and every few seconds. In between time passes by the machine's count of nanoseconds,
 * which nobody sets: a machine whose clock is moved by hours goes on as before. It is moved only where it is notably off, beyond
 * what the way to the database may have to do with it, so that on machines whose clocks are right it never is.
 */
final class DatabaseTime implements MachineClock, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTime.class);

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration NOTABLE = Duration.ofMillis(250);

    /** The quickest of these is believed. */
    private static final int TIMES = 3;

    private final DataSource database;
    private final InstantSource machine;
    private volatile Hand hand;
    private volatile Duration ahead = Duration.ZERO;
    private boolean said;
    private @Nullable ScheduledExecutorService timer;

    /** @param nanos {@link System#nanoTime} at that moment */
    private record Hand(Instant at, long nanos) {

        Instant at(long then) {
            return at.plusNanos(then - nanos);
        }
    }

    /**
     * @param database is asked at once
     * @throws SQLException if it does not answer
     */
    DatabaseTime(DataSource database, InstantSource machine) throws SQLException {
        this.database = database;
        this.machine = machine;
        this.hand = new Hand(machine.instant(), System.nanoTime());
        measure();
    }

    /** What the database said, and when it was asked and had answered. */
    private record Answer(Instant time, long asked, long came) {

        long way() {
            return came - asked;
        }

        long halfway() {
            return asked + way() / 2;
        }
    }

    /** Asks the database what time it is. */
    void measure() throws SQLException {
        Answer answer = ask();
        Duration off = Duration.between(hand.at(answer.halfway()), answer.time());
        if (off.abs().compareTo(NOTABLE.plusNanos(answer.way() / 2)) > 0) {
            hand = new Hand(answer.time(), answer.halfway());
        }
        ahead = Duration.between(hand.at(System.nanoTime()), machine.instant());
        say();
    }

    private Answer ask() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            Answer quickest = ask(statement);
            for (int i = 1; i < TIMES; i++) {
                Answer answer = ask(statement);
                quickest = answer.way() < quickest.way() ? answer : quickest;
            }
            return quickest;
        }
    }

    private static Answer ask(Statement statement) throws SQLException {
        long asked = System.nanoTime();
        try (ResultSet row =
                statement.executeQuery("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)")) {
            row.next();
            long micros = row.getLong(1);
            return new Answer(Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)), asked, System.nanoTime());
        }
    }

    /** Once while it lasts. */
    private void say() {
        if (isOff() && !said) {
            LOG.warn(
                    "The clock of this machine is {} s {} that of the database. Everything goes on by the database's, as on all nodes:"
                            + " set the one that is wrong (timedatectl set-ntp true)",
                    Math.abs(secondsAhead()),
                    ahead.isNegative() ? "behind" : "ahead of");
        } else if (!isOff() && said) {
            LOG.info("The clocks of this machine and of the database agree again");
        }
        said = isOff();
    }

    @Override
    public Duration ahead() {
        return ahead;
    }

    Clock clock() {
        InstantSource source = () -> hand.at(System.nanoTime());
        return source.withZone(ZoneOffset.UTC);
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("database-time").factory());
            timer.scheduleWithFixedDelay(this::again, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void again() {
        try {
            measure();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Time goes on by itself until the database answers", e);
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

    /** Before the pools are closed, and after everything that goes by it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
