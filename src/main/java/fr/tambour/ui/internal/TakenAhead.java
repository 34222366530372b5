package fr.tambour.ui.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer over HTTP/2. The system takes some of what is written to a connection before the client has read it, but not of
 * what is written to a stream: a client that opens no window would hold a thread with the smallest page. So the beginning is
 * taken here; what is larger waits for the client as ever.
 */
final class TakenAhead extends Response.Wrapper {

    /** Bytes; most pages are smaller. Of how many exchanges at once, those who let them in decide. */
    private static final int MOST = 32 << 10;

    private final Pace pace;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    /** Bytes that were taken and are not written yet, those under way included. */
    private int ahead;

    /** There is something to write, be it the header fields or the end. */
    private boolean due;

    private boolean last;
    private boolean writing;
    private @Nullable Large large;
    private @Nullable Throwable failure;
    private @Nullable Callback answered;

    /** What its writer waits for; it comes after all that was taken. */
    private record Large(boolean last, ByteBuffer bytes, Callback written) {}

    TakenAhead(Request request, Response response, Pace pace) {
        super(request, response);
        this.pace = pace;
    }

    @Override
    public void write(boolean ends, @Nullable ByteBuffer bytes, Callback callback) {
        ByteBuffer content = bytes == null ? ByteBuffer.allocate(0) : bytes;
        Throwable failed;
        boolean taking;
        synchronized (this) {
            failed = failure;
            taking = failed == null && ahead + content.remaining() <= MOST;
            last |= ends;
            if (taking) {
                take(content);
            } else if (failed == null) {
                large = new Large(ends, content, callback);
            }
        }
        if (failed != null) {
            callback.failed(failed);
            return;
        }
        next();
        if (taking) {
            callback.succeeded();
        }
    }

    private void take(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        taken.writeBytes(copy);
        ahead += copy.length;
        due = true;
    }

    /** One write at a time; what was taken meanwhile leaves in one. */
    private void next() {
        Runnable then = () -> {};
        synchronized (this) {
            Large one = large;
            Callback over = answered;
            if (writing || failure != null) {
                return;
            }
            if (due) {
                byte[] bytes = taken.toByteArray();
                boolean ends = last && one == null;
                taken.reset();
                due = false;
                writing = true;
                then = () -> write(ends, ByteBuffer.wrap(bytes), bytes.length, Callback.NOOP);
            } else if (one != null) {
                large = null;
                writing = true;
                then = () -> write(one.last(), one.bytes(), 0, one.written());
            } else if (over != null) {
                answered = null;
                then = over::succeeded;
            }
        }
        then.run();
    }

    private void write(boolean ends, ByteBuffer bytes, int ofTaken, Callback written) {
        Callback then = Callback.from(() -> wrote(ofTaken, written), cause -> failed(written, cause));
        pace.write(getRequest(), getWrapped(), ends, bytes, then);
    }

    private void wrote(int ofTaken, Callback written) {
        synchronized (this) {
            writing = false;
            ahead -= ofTaken;
        }
        written.succeeded();
        next();
    }

    private void failed(Callback written, Throwable cause) {
        // Quiet: that a client goes away is no news.
        Throwable gone = cause instanceof EofException ? cause : new EofException(cause);
        List<Callback> told = new ArrayList<>(List.of(written));
        synchronized (this) {
            writing = false;
            failure = gone;
            if (large != null) {
                told.add(large.written());
            }
            if (answered != null) {
                told.add(answered);
            }
            large = null;
            answered = null;
        }
        told.forEach(one -> one.failed(gone));
    }

    /** The servlets are done with it; the exchange is not, before all of it is written. */
    Callback answered(Callback callback) {
        return Callback.from(() -> done(callback), callback::failed);
    }

    private void done(Callback callback) {
        Throwable failed;
        synchronized (this) {
            failed = failure;
            answered = failed == null ? callback : null;
        }
        if (failed != null) {
            callback.failed(failed);
        } else {
            next();
        }
    }

    @Override
    public synchronized boolean hasLastWrite() {
        return last || super.hasLastWrite();
    }
}
