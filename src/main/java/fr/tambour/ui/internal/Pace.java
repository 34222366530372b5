package fr.tambour.ui.internal;

import fr.tambour.ui.TooSlow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * How slow a client may be. Jetty closes a connection on which nothing moves for half a minute; a byte in that time would
 * hold it for ever.
 *
 * @param patience for what has no length: an answer that is on its way, a phone that changes cells
 */
record Pace(Duration patience, long bytesPerSecond) {

    /** The slowest mobile network carries several times that. */
    static final Pace SLOWEST = new Pace(Duration.ofSeconds(30), 1_000);

    /** Leaves the client unless the returned task is cancelled by the time so many bytes must have been carried. */
    Scheduler.Task leaveUnlessDone(Request request, long bytes) {
        long millis = patience.toMillis() + bytes * 1_000 / bytesPerSecond;
        return request.getComponents()
                .getScheduler()
                .schedule(() -> TooSlow.leave(request), millis, TimeUnit.MILLISECONDS);
    }

    /** Writes, and leaves the client if that takes too long. */
    void write(Request request, Response response, boolean last, ByteBuffer bytes, Callback callback) {
        int carried = bytes.remaining();
        Writing writing = new Writing(callback);
        response.write(last, bytes, writing);
        // Mostly it is gone by now, and nothing need be scheduled.
        if (!writing.done) {
            writing.watchedBy(leaveUnlessDone(request, carried));
        }
    }

    private static final class Writing extends Callback.Nested {

        private volatile boolean done;
        private Scheduler.@Nullable Task late;

        Writing(Callback callback) {
            super(callback);
        }

        private void watchedBy(Scheduler.Task task) {
            synchronized (this) {
                late = task;
            }
            if (done) {
                task.cancel();
            }
        }

        @Override
        public void completed() {
            done = true;
            synchronized (this) {
                if (late != null) {
                    late.cancel();
                }
            }
        }
    }
}
