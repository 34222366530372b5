package fr.tambour.live.internal;

import fr.tambour.ui.TakenOver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 that carries one stream and nothing after it. Once the header fields have left, the exchange is over
 * for Jetty, which then keeps nothing of it: what is said goes to the socket as it is, and ends with the connection (RFC 9112
 * 6.3, rule 8). That the other side has gone is heard at once.
 */
final class OwnLine extends AbstractConnection.NonBlocking implements Line, TakenOver, Connection.UpgradeTo {

    private static final int SAID_TO_NOBODY = 64;

    private static final Runnable NOTHING = () -> {};

    /** Null where what is said is ciphered first. */
    private final @Nullable SocketChannel plain;

    private Runnable begin = NOTHING;
    private Runnable end = NOTHING;

    OwnLine(ConnectionMetaData line) {
        super(line.getConnection().getEndPoint(), line.getConnector().getExecutor());
        plain = getEndPoint() instanceof SocketChannelEndPoint socket ? socket.getChannel() : null;
        line.getConnector().getEventListeners().forEach(this::addEventListener);
    }

    /**
     * Answers with the header fields that are set, and takes the connection over.
     *
     * @param begin run once it is taken
     * @param end run once, however it ends, be it before it has begun
     */
    void take(Request request, Response response, Callback callback, Runnable begin, Runnable end) {
        this.begin = () -> {
            begin.run();
            endsWith(end);
        };
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        Request.addCompletionListener(request, failure -> {
            if (failure != null) {
                end.run();
            }
        });
        Callback answered = Callback.from(
                InvocationType.NON_BLOCKING,
                () -> {
                    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, this);
                    callback.succeeded();
                },
                callback::failed);
        response.write(false, BufferUtil.EMPTY_BUFFER, answered);
    }

    /** What was sent after the request is no part of it, and nobody waits for an answer. */
    @Override
    public void onUpgradeTo(ByteBuffer unread) {}

    @Override
    public void onOpen() {
        super.onOpen();
        // Silence is ours to break: the heartbeat finds out who is gone without a word.
        getEndPoint().setIdleTimeout(0);
        begin.run();
        begin = NOTHING;
        fillInterested();
        if (!getEndPoint().isOpen()) {
            // Closed by somebody before there was anything to end.
            ended();
        }
    }

    @Override
    public void onFillable() {
        try {
            if (getEndPoint().fill(BufferUtil.allocate(SAID_TO_NOBODY)) == 0) {
                fillInterested();
                return;
            }
        } catch (IOException e) {
            // As when it ends.
        }
        // The end, or something that nobody has asked for.
        close();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        getEndPoint().close(cause);
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        ended();
    }

    private synchronized void endsWith(Runnable then) {
        end = then;
    }

    private void ended() {
        Runnable then;
        synchronized (this) {
            then = end;
            end = NOTHING;
        }
        then.run();
    }

    /**
     * What the socket takes at once, which is nearly always all, costs one call of the system and nothing of Jetty's. Nobody
     * else writes here, and nothing is written while something is under way.
     */
    @Override
    public void write(ByteBuffer bytes, Callback written) {
        if (plain != null) {
            try {
                plain.write(bytes);
            } catch (IOException e) {
                written.failed(e);
                return;
            }
        }
        if (bytes.hasRemaining()) {
            getEndPoint().write(written, bytes);
        } else {
            written.succeeded();
        }
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void leave() {
        fail(new EofException("Too slow"));
    }

    @Override
    public void fail(Throwable cause) {
        getEndPoint().close(cause);
    }
}
