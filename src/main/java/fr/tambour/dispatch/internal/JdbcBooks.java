package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Books;
import fr.tambour.dispatch.internal.engine.Ledger;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The books in the database. */
@Component
class JdbcBooks implements Books {

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
