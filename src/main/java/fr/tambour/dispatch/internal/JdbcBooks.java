package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Books;
import fr.tambour.dispatch.internal.engine.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The books in the database. */
@Component
class JdbcBooks implements Books {

    /** PostgreSQL, appendix A. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final JdbcLedger.Rows rows;

    JdbcBooks(PlatformTransactionManager transactions, JdbcLedger.Rows rows) {
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.rows = rows;
    }

    @Override
    public <T> T write(Function<Ledger, T> work) {
        return Objects.requireNonNull(writing.execute(status -> work.apply(new JdbcLedger(rows))));
    }

    /**
     * The same, which waits no longer than so long for whoever holds something of it. That may be for ever: a node whose machine
     * has vanished holds it until PostgreSQL finds out. Of SQLite there is one node, and one writer.
     *
     * @throws RuntimeException among others, if somebody {@link #isHeld still} holds it
     */
    <T> T write(Function<Ledger, T> work, Duration patience) {
        return write(ledger -> {
            if (rows.database().isPostgres()) {
                rows.jdbc()
                        .sql("SET LOCAL lock_timeout = " + patience.toMillis())
                        .update();
            }
            return work.apply(ledger);
        });
    }

    /** Whether somebody held something for longer than one was to wait for it. */
    static boolean isHeld(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    /** The same for work that only reads: it holds up nobody. */
    <T> T read(Function<Ledger, T> work) {
        return Objects.requireNonNull(reading.execute(status -> work.apply(new JdbcLedger(rows))));
    }

    /**
     * Before anything else: frees what a process held that is no more. A data folder with SQLite is one process's; of
     * PostgreSQL there may be other nodes, and leases run out by themselves.
     */
    void reclaim() {
        if (!rows.database().isPostgres()) {
            writing.executeWithoutResult(status -> rows.jdbc()
                    .sql("UPDATE dispatch_slice SET leased_until = 0 WHERE under_way = 1 AND done = 0")
                    .update());
        }
    }
}
