package fr.tambour.ui.internal;

import fr.tambour.ui.Network;
import fr.tambour.ui.TakenOver;
import fr.tambour.ui.Turnstile;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one connector, each of which takes a descriptor and some memory whether or not anything is asked for
 * on it. There are so many at most, in all and from one address. Where nothing is asked for within half a minute, a
 * connection is closed, and within two seconds while there are many: Jetty alone would wait for half a minute after each
 * byte of a request, and for ever on one that pings.
 */
final class OpenConnections extends AbstractLifeCycle implements Connection.Listener {

    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final long PATIENCE_WHEN_CROWDED = Duration.ofSeconds(2).toNanos();

    /** For the end of a session that was told that it ends. */
    private static final long PATIENCE_WITH_THE_END = Duration.ofSeconds(5).toNanos();

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Frames that wait to be written, beside one for each stream: answers to a client that pings and never reads. */
    private static final int MOST_QUEUED = 2_000;

    private final Scheduler scheduler;
    private final int crowded;
    private final Turnstile turnstile;
    private final Counts counts;
    private final ConcurrentMap<EndPoint, Line> lines = new ConcurrentHashMap<>();

    /** What happened since the start. */
    static final class Counts {
        final LongAdder refused = new LongAdder();
        final LongAdder silent = new LongAdder();
        final LongAdder unread = new LongAdder();
    }

    private static final class Line {
        final String address;
        long asked = -1;
        long since = System.nanoTime();

        /** When it was told that it ends, 0 if it was not. */
        long told;

        Line(String address) {
            this.address = address;
        }
    }

    OpenConnections(Scheduler scheduler, int most, int share, Counts counts) {
        this.scheduler = scheduler;
        this.crowded = most / 4 * 3;
        this.turnstile = new Turnstile(most, share);
        this.counts = counts;
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        scheduler.schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint end = connection.getEndPoint();
        // What is inside TLS is counted with it; what follows on HTTP/1.1, with that.
        if (end instanceof SslConnection.SslEndPoint || lines.containsKey(end)) {
            return;
        }
        String address = address(end.getRemoteSocketAddress());
        if (turnstile.enter(address) == Turnstile.Entry.IN) {
            lines.put(end, new Line(address));
        } else {
            counts.refused.increment();
            end.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint end = connection.getEndPoint();
        if (!end.isOpen()) {
            forget(end);
        }
    }

    private void forget(EndPoint end) {
        Line line = lines.remove(end);
        if (line != null) {
            turnstile.leave(line.address);
        }
    }

    int count() {
        return turnstile.count();
    }

    private void look() {
        try {
            long now = System.nanoTime();
            long patience = turnstile.count() > crowded ? PATIENCE_WHEN_CROWDED : PATIENCE;
            lines.forEach((end, line) -> look(end, line, now, patience));
        } finally {
            if (isRunning()) {
                again();
            }
        }
    }

    private void look(EndPoint end, Line line, long now, long patience) {
        if (!end.isOpen()) {
            forget(end);
            return;
        }
        Connection connection = innermost(end.getConnection());
        if (connection instanceof HTTP2Connection shared && isUnread(shared.getSession())) {
            counts.unread.increment();
            end.close(new EofException("Too slow"));
            return;
        }
        if (line.told != 0) {
            if (now - line.told > PATIENCE_WITH_THE_END) {
                end.close();
            }
            return;
        }
        long asked = connection == null ? -1 : connection.getMessagesIn();
        if (isAnswering(connection) || asked != line.asked) {
            line.asked = asked;
            line.since = now;
        } else if (now - line.since > patience) {
            expire(end, line, connection, now);
        }
    }

    private void expire(EndPoint end, Line line, @Nullable Connection connection, long now) {
        counts.silent.increment();
        if (connection instanceof HTTP2Connection shared) {
            line.told = now;
            shared.getSession().close(ErrorCode.NO_ERROR.code, "idle", Callback.NOOP);
        } else {
            end.close(new TimeoutException("Idle timeout expired: nothing was asked for"));
        }
    }

    private static @Nullable Connection innermost(@Nullable Connection connection) {
        return connection instanceof SslConnection ciphered
                ? ciphered.getSslEndPoint().getConnection()
                : connection;
    }

    private static boolean isAnswering(@Nullable Connection connection) {
        return switch (connection) {
            case HTTP2Connection shared -> shared.getSession().getStreamCount() > 0;
            case HttpConnection alone -> alone.getHttpChannel().getRequest() != null;
            case TakenOver ignored -> true;
            case null, default -> false;
        };
    }

    private static boolean isUnread(HTTP2Session session) {
        return session.getFrameQueueSize() > MOST_QUEUED + session.getMaxRemoteStreams();
    }

    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress from && from.getAddress() != null
                ? Network.of(from.getAddress().getHostAddress())
                : "";
    }
}
