package fr.tambour.ui.internal;

import fr.tambour.ui.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.multipart.MultipartException;

/**
 * What an exception means to whoever asked.
 *
 * @param status for the protocol
 * @param code the sentence is {@code error.<code>}
 * @param args values for the sentence
 * @param ours something is broken on our side: logged with its trace, and given a number
 * @param refusal where it was one: it may have more to tell a program
 */
record Failure(
        HttpStatusCode status,
        String code,
        Object[] args,
        boolean ours,
        @Nullable Refusal refusal) {

    /** PostgreSQL's and SQLite's ways of saying that the disk is full. */
    private static final Set<String> DISK_FULL_STATES = Set.of("53100");

    private static final int SQLITE_FULL = 13;
    private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

    private static final int DEPTH = 20;

    static Failure of(Throwable thrown) {
        if (causes(thrown).anyMatch(Failure::tooLarge)) {
            return of(413, false);
        }
        return causes(thrown)
                .map(Failure::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> of(causes(thrown).anyMatch(Failure::passing) ? 503 : 500, true));
    }

    /** Where only a status is known: the container's own errors and Spring Security's. */
    static Failure of(int status, boolean ours) {
        String code = switch (status) {
            case 400 -> "malformed";
            case 401 -> "sign-in-needed";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method";
            case 406, 415 -> "media-type";
            case 410 -> "gone";
            case 413 -> "too-large";
            case 414, 431 -> "address-too-long";
            case 421 -> "unknown-host";
            case 429 -> "too-many";
            case 503 -> "busy";
            default -> status < 500 ? "malformed" : "internal";
        };
        return new Failure(HttpStatusCode.valueOf(status), code, new Object[0], ours, null);
    }

    /** There is no time to make what is asked for: more is asked than can be answered. */
    static Failure overrun() {
        return new Failure(HttpStatus.SERVICE_UNAVAILABLE, "overrun", new Object[0], false, null);
    }

    /** The reader went away or fell silent while we read or answered: there is nobody to tell. */
    static boolean gone(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause.getClass().getSimpleName().equals("EofException")
                        || cause.getClass().getSimpleName().equals("ClientAbortException")
                        || cause.getClass().getSimpleName().equals("AsyncRequestNotUsableException")
                        || silent(cause));
    }

    /** Jetty's word for a connection on which nothing has moved for half a minute; it has no type of its own. */
    private static boolean silent(Throwable cause) {
        return cause instanceof TimeoutException
                && String.valueOf(cause.getMessage()).startsWith("Idle timeout expired");
    }

    private static Optional<Failure> known(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return Optional.of(new Failure(refusal.status(), refusal.code(), refusal.args(), false, refusal));
        }
        if (cause instanceof AccessDeniedException) {
            return Optional.of(of(403, false));
        }
        if (cause instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
            return Optional.of(of(response.getStatusCode().value(), false));
        }
        if (cause instanceof HttpException http && http.getCode() / 100 == 4) {
            return Optional.of(of(http.getCode(), false));
        }
        if (cause instanceof TypeMismatchException
                || cause instanceof BindException
                || cause instanceof HttpMessageNotReadableException
                || cause instanceof MultipartException) {
            return Optional.of(of(400, false));
        }
        if (cause instanceof SQLException sql) {
            return database(sql);
        }
        return cause instanceof IOException io
                        && String.valueOf(io.getMessage()).contains("No space left")
                ? Optional.of(diskFull())
                : Optional.empty();
    }

    /** The container's ways of saying that a form has too much of something: within others, and sometimes as 400. */
    private static boolean tooLarge(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof HttpException http && http.getCode() == 413
                || cause instanceof IllegalStateException
                        && (message.startsWith("Form is larger")
                                || message.startsWith("Form with too many")
                                || message.startsWith("max ") && message.contains("exceeded"));
    }

    private static boolean passing(Throwable cause) {
        return cause instanceof TransientDataAccessException || cause instanceof CannotCreateTransactionException;
    }

    private static Optional<Failure> database(SQLException sql) {
        int sqlite = sql.getErrorCode() & 0xff;
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (DISK_FULL_STATES.contains(state) || (state.isEmpty() && sqlite == SQLITE_FULL)) {
            return Optional.of(diskFull());
        }
        boolean busy =
                state.isEmpty() ? SQLITE_BUSY.contains(sqlite) : state.startsWith("08") || state.startsWith("57");
        return busy ? Optional.of(of(503, true)) : Optional.empty();
    }

    private static Failure diskFull() {
        return new Failure(HttpStatus.INSUFFICIENT_STORAGE, "disk-full", new Object[0], true, null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, cause -> cause != null, Failure::cause)
                .limit(DEPTH);
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        return thrown instanceof ServletException servlet && servlet.getRootCause() != null
                ? servlet.getRootCause()
                : thrown.getCause();
    }
}
