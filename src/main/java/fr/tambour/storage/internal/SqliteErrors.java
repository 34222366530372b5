package fr.tambour.storage.internal;

import fr.tambour.storage.Database;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** Spring does not know SQLite's result codes (https://sqlite.org/rescode.html); this gives them Spring's meaning. */
@Configuration(proxyBeanMethods = false)
class SqliteErrors {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int FULL = 13;
    private static final int CONSTRAINT = 19;
    private static final int CONSTRAINT_PRIMARYKEY = 1555;
    private static final int CONSTRAINT_UNIQUE = 2067;
    private static final int CONSTRAINT_ROWID = 2579;

    @Bean
    SQLExceptionTranslator sqlExceptionTranslator(Database database) {
        return switch (database.dialect()) {
            case SQLITE -> new Translator();
            case POSTGRESQL -> new SQLExceptionSubclassTranslator();
        };
    }

    private static final class Translator extends SQLErrorCodeSQLExceptionTranslator {

        @Override
        protected @Nullable DataAccessException customTranslate(
                String task, @Nullable String sql, SQLException exception) {
            int extended = exception instanceof org.sqlite.SQLiteException sqlite
                    ? sqlite.getResultCode().code
                    : exception.getErrorCode();
            String message = task + ": " + exception.getMessage();
            return switch (extended & 0xff) {
                case CONSTRAINT ->
                    switch (extended) {
                        case CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE, CONSTRAINT_ROWID ->
                            new DuplicateKeyException(message, exception);
                        default -> new DataIntegrityViolationException(message, exception);
                    };
                case BUSY, LOCKED -> new CannotAcquireLockException(message, exception);
                case READONLY -> new InvalidDataAccessResourceUsageException(message, exception);
                case FULL -> new DataAccessResourceFailureException(message, exception);
                default -> null;
            };
        }
    }
}
