package fr.tambour.ui.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * How slow a client may be. Jetty closes a connection on which nothing moves for half a minute; a byte in that time would
 * hold it for ever.
 *
 * @param patience for what has no length: an answer that is on its way, a phone that changes cells
 */
record Pace(Duration patience, long bytesPerSecond) {

    /** The slowest mobile network carries several times that. */
    static final Pace SLOWEST = new Pace(Duration.ofSeconds(30), 1_000);

    /** Closes the connection unless the returned task is cancelled by the time so many bytes must have been carried. */
    Scheduler.Task closeUnlessDone(Request request, long bytes) {
        long millis = patience.toMillis() + bytes * 1_000 / bytesPerSecond;
        return request.getComponents().getScheduler().schedule(() -> close(request), millis, TimeUnit.MILLISECONDS);
    }

    private static void close(Request request) {
        request.getConnectionMetaData().getConnection().getEndPoint().close(new EofException("Too slow"));
    }
}
