package fr.tambour.ui.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is neither form nor multipart before a thread is given to its request. Jetty's own way keeps the network
 * buffer of every piece, 8 kB for a byte that came alone; here the pieces are joined.
 *
 * @param most bytes that are kept; of a longer body the beginning goes on, to be refused by whoever reads it
 * @param mostDiscarded bytes that are read after the answer, so that it is seen
 */
record WholeBody(int most, long mostDiscarded) implements EagerContentHandler.ContentLoaderFactory {

    /** For every other type. */
    @Override
    public @Nullable String getApplicableMimeType() {
        return null;
    }

    @Override
    public EagerContentHandler.ContentLoader newContentLoader(
            String contentType,
            String mimeType,
            Handler handler,
            Request request,
            Response response,
            Callback callback) {
        return new Loading(handler, request, response, callback);
    }

    private final class Loading extends EagerContentHandler.ContentLoader {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Loading(Handler handler, Request request, Response response, Callback callback) {
            super(handler, request, response, callback);
        }

        @Override
        protected void load() {
            while (true) {
                Content.@Nullable Chunk chunk = getRequest().read();
                if (chunk == null) {
                    getRequest().demand(this::load);
                    return;
                }
                take(chunk);
                boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes.size() >= most;
                chunk.release();
                if (over) {
                    arrived();
                    return;
                }
            }
        }

        private void take(Content.Chunk chunk) {
            byte[] piece = new byte[Math.min(chunk.remaining(), most - bytes.size())];
            chunk.get(piece, 0, piece.length);
            bytes.writeBytes(piece);
        }

        private void arrived() {
            handle(
                    new Read(getRequest(), bytes.toByteArray()),
                    getResponse(),
                    Callback.from(
                            () -> Unread.discard(getRequest(), mostDiscarded, getCallback()), getCallback()::failed));
        }
    }

    /** A request whose body is here. */
    static final class Read extends Request.Wrapper {

        private final byte[] bytes;
        private Content.@Nullable Chunk body;

        Read(Request request, byte[] bytes) {
            super(request);
            this.bytes = bytes;
            this.body = bytes.length == 0 ? null : Content.Chunk.from(ByteBuffer.wrap(bytes), false);
        }

        /** All of them, whatever was read. */
        byte[] bytes() {
            return bytes;
        }

        @Override
        public Content.Chunk read() {
            Content.@Nullable Chunk next = body;
            body = null;
            return next == null ? Content.Chunk.EOF : next;
        }

        @Override
        public void demand(Runnable demandCallback) {
            demandCallback.run();
        }
    }
}
