package fr.tambour.storage.internal;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * After these errors SQLite may have no transaction where JDBC believes in one: BUSY at BEGIN, and those for which it
 * rolls back by itself (https://sqlite.org/lang_transaction.html, section 3.1). The same connection's next
 * "transaction" would run in autocommit, and a rollback would leave its rows. Such a connection is thrown away.
 */
public class EvictWhenLost implements SQLExceptionOverride {

    private static final int BUSY = 5;
    private static final int NO_MEMORY = 7;
    private static final int INTERRUPTED = 9;
    private static final int IO_ERROR = 10;
    private static final int FULL = 13;
    private static final Set<Integer> LOST = Set.of(BUSY, NO_MEMORY, INTERRUPTED, IO_ERROR, FULL);

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException exception) {
        return LOST.contains(exception.getErrorCode() & 0xff) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
