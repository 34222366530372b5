package fr.tambour.storage.internal;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * After SQLITE_BUSY at BEGIN, the same connection's next "transaction" would run in autocommit and a rollback would
 * leave its rows. Such a connection is thrown away.
 */
public class EvictWhenBusy implements SQLExceptionOverride {

    private static final int SQLITE_BUSY = 5;

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException exception) {
        return (exception.getErrorCode() & 0xff) == SQLITE_BUSY ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
