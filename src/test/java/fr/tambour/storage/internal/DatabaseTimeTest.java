package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.MachineClock;
import fr.tambour.testing.Engine;
import fr.tambour.testing.Engines;
import fr.tambour.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** All nodes of an instance go by one clock, whatever their machines' clocks show. The database is on this machine here. */
class DatabaseTimeTest {

    private static final Duration HOURS = Duration.ofHours(3);

    /** More than a machine with too much to do takes between two lines. */
    private static final Duration NEARLY = Duration.ofMinutes(1);

    private static final Engine ENGINE = Engines.fresh(Dialect.POSTGRESQL);

    private final TestClock machine = new TestClock();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(DatabaseTime.class);

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @BeforeEach
    void listenToTheLog() {
        said.start();
        log.setLevel(Level.INFO);
        log.addAppender(said);
    }

    @AfterEach
    void stop() {
        log.detachAppender(said);
        log.setLevel(null);
    }

    private static void isRight(Clock clock) {
        assertThat(Duration.between(Instant.now(), clock.instant()).abs()).isLessThan(NEARLY);
    }

    private void isAhead(DatabaseTime time, Duration ahead) {
        assertThat(time.ahead().minus(ahead).abs()).isLessThan(NEARLY);
    }

    @Test
    void aMachineWhoseClockIsHoursOffGoesByTheDatabasesAndItIsSaidOnce() throws SQLException {
        for (Duration off : new Duration[] {HOURS, HOURS.negated()}) {
            said.list.clear();
            machine.go(off);
            DatabaseTime time = new DatabaseTime(ENGINE.dataSource(), machine);
            isRight(time.clock());
            isAhead(time, off);
            assertThat(time.isOff()).isTrue();
            time.measure();
            isRight(time.clock());

            machine.go(Duration.ZERO);
            time.measure();
            time.measure();
            isRight(time.clock());
            assertThat(time.isOff()).isFalse();

            assertThat(said.list).hasSize(2);
            assertThat(said.list.getFirst().getFormattedMessage())
                    .contains(off.isNegative() ? "s behind that of the database" : "s ahead of that of the database");
            assertThat(said.list.getLast().getFormattedMessage()).contains("agree again");
        }
    }

    record Found(MachineClock machine) {}

    @Test
    void theApplicationAsksAgainFromTimeToTime() {
        assertThat(ENGINE.make(Found.class).machine())
                .isInstanceOfSatisfying(
                        DatabaseTime.class, time -> assertThat(time.isRunning()).isTrue());
    }

    @Test
    void whoMovesTheMachinesClockMovesNothing() throws SQLException {
        machine.go(Duration.ZERO);
        DatabaseTime time = new DatabaseTime(ENGINE.dataSource(), machine);
        for (Duration off : new Duration[] {HOURS, HOURS.negated()}) {
            machine.go(off);
            isRight(time.clock());
            time.measure();
            isRight(time.clock());
            isAhead(time, off);
        }
    }

    @Test
    void aMachineWhoseClockIsNearlyRightGoesByItsOwn() throws SQLException {
        machine.go(Duration.ofMillis(100));
        DatabaseTime time = new DatabaseTime(ENGINE.dataSource(), machine);
        time.measure();
        Instant before = machine.instant();
        Instant now = time.clock().instant();
        assertThat(now).isBetween(before.minusMillis(20), machine.instant().plusMillis(20));
    }

    @Test
    void whileTheDatabaseDoesNotAnswerTimeGoesOn() throws SQLException {
        boolean[] away = {false};
        machine.go(HOURS);
        DatabaseTime time = new DatabaseTime(
                new DelegatingDataSource(ENGINE.dataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (away[0]) {
                            throw new SQLException("away");
                        }
                        return super.getConnection();
                    }
                },
                machine);
        away[0] = true;
        assertThatThrownBy(time::measure).hasMessage("away");
        Instant before = time.clock().instant();
        isRight(time.clock());
        assertThat(time.clock().instant()).isAfterOrEqualTo(before);
        isAhead(time, HOURS);
    }
}
