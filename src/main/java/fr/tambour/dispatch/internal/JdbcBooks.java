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
    private final JdbcLedger.Rows rows;

    JdbcBooks(PlatformTransactionManager transactions, JdbcLedger.Rows rows) {
        this.writing = new TransactionTemplate(transactions);
        this.rows = rows;
    }

    @Override
    public <T> T write(Function<Ledger, T> work) {
        return Objects.requireNonNull(writing.execute(status -> work.apply(new JdbcLedger(rows))));
    }
}
