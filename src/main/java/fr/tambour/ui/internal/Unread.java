package fr.tambour.ui.internal;

import java.util.EnumSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request as if nothing had come with it. What does come is thrown away once the request is answered. */
final class Unread extends Request.Wrapper {

    private final HttpFields fields;

    Unread(Request request) {
        super(request);
        this.fields = HttpFields.build(
                        request.getHeaders(),
                        EnumSet.of(HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING))
                .add(new HttpField(HttpHeader.CONTENT_LENGTH, "0"))
                .asImmutable();
    }

    @Override
    public HttpFields getHeaders() {
        return fields;
    }

    @Override
    public long getLength() {
        return 0;
    }

    @Override
    public Content.Chunk read() {
        return Content.Chunk.EOF;
    }

    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }

    /**
     * Reads what still comes without keeping any of it, so that who is still sending sees the answer; not for ever.
     *
     * @param most bytes; with more the connection is closed
     */
    static void discard(Request request, long most, Callback then) {
        new Discarding(request, then, most).run();
    }

    private static final class Discarding implements Runnable {

        private final Request request;
        private final Callback then;
        private long left;

        Discarding(Request request, Callback then, long most) {
            this.request = request;
            this.then = then;
            this.left = most;
        }

        @Override
        public void run() {
            while (left > 0) {
                Content.@Nullable Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                left -= chunk.remaining();
                boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
                chunk.release();
                if (over) {
                    break;
                }
            }
            then.succeeded();
        }
    }
}
