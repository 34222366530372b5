package fr.tambour.ui.internal;

import fr.tambour.ui.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * What an exception means to whoever asked.
 *
 * @param status for the protocol
 * @param code the sentence is {@code error.<code>}
 * @param args values for the sentence
 * @param ours something is broken on our side: logged with its trace, and given a number
 */
record Failure(HttpStatusCode status, String code, Object[] args, boolean ours) {

    /** PostgreSQL's and SQLite's ways of saying that the disk is full. */
    private static final Set<String> DISK_FULL_STATES = Set.of("53100");

    private static final int SQLITE_FULL = 13;
    private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);

    private static final int DEPTH = 20;

    static Failure of(Throwable thrown) {
        return causes(thrown).map(Failure::known).flatMap(Optional::stream).findFirst().orElseGet(() -> of(500, true));
    }

    /** Where only a status is known: the container's own errors and Spring Security's. */
    static Failure of(int status, boolean ours) {
        String code =
                switch (status) {
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
        return new Failure(HttpStatusCode.valueOf(status), code, new Object[0], ours);
    }

    /** The reader went away while we answered: there is nobody to tell. */
    static boolean gone(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> cause.getClass().getSimpleName().equals("EofException")
                || cause.getClass().getSimpleName().equals("ClientAbortException")
                || cause.getClass().getSimpleName().equals("AsyncRequestNotUsableException"));
    }

    private static Optional<Failure> known(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case Refusal refusal -> new Failure(refusal.status(), refusal.code(), refusal.args(), false);
                    case AccessDeniedException _ -> of(403, false);
                    case NoHandlerFoundException _, NoResourceFoundException _ -> of(404, false);
                    case HttpRequestMethodNotSupportedException _ -> of(405, false);
                    case HttpMediaTypeException media -> of(media.getStatusCode().value(), false);
                    case MaxUploadSizeExceededException _ -> of(413, false);
                    case MultipartException _ -> of(400, false);
                    case MethodArgumentTypeMismatchException _, BindException _ -> of(400, false);
                    case ErrorResponse response when response.getStatusCode().is4xxClientError() ->
                        of(response.getStatusCode().value(), false);
                    case org.springframework.http.converter.HttpMessageNotReadableException _ -> of(400, false);
                    case SQLException sql -> database(sql);
                    case IOException io when String.valueOf(io.getMessage()).contains("No space left") -> diskFull();
                    case TransientDataAccessException _, CannotCreateTransactionException _ ->
                        hasSqlCause(cause) ? null : of(503, true);
                    default -> null;
                });
    }

    private static @Nullable Failure database(SQLException sql) {
        int sqlite = sql.getErrorCode() & 0xff;
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (DISK_FULL_STATES.contains(state) || (state.isEmpty() && sqlite == SQLITE_FULL)) {
            return diskFull();
        }
        boolean busy = state.isEmpty() ? SQLITE_BUSY.contains(sqlite) : state.startsWith("08") || state.startsWith("57");
        return busy ? of(503, true) : null;
    }

    private static Failure diskFull() {
        return new Failure(HttpStatus.INSUFFICIENT_STORAGE, "disk-full", new Object[0], true);
    }

    private static boolean hasSqlCause(Throwable thrown) {
        return causes(thrown).anyMatch(SQLException.class::isInstance) && causes(thrown)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .anyMatch(sql -> database(sql) != null);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, cause -> cause != null, Failure::cause).limit(DEPTH);
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        return thrown instanceof ServletException servlet && servlet.getRootCause() != null
                ? servlet.getRootCause()
                : thrown.getCause();
    }
}
