package fr.tambour.live.internal;

import fr.tambour.ui.Edge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way out of the servlets, held until it is whole. What turns out too large goes on as it comes, and is not
 * kept.
 */
final class Recording extends Response.Wrapper {

    private static final int LARGEST = 1 << 20;

    private final Response out;
    private final Whole whole;
    private final HttpFields.Mutable fields = HttpFields.build();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean passing;
    private boolean done;

    /** Takes the answer once it is whole; the servlets are not kept waiting until whoever asked has it. */
    interface Whole {
        void take(int status, HttpFields fields, byte[] body);

        /** It passes by as it comes. */
        void passing();
    }

    Recording(Request request, Response out, Whole whole) {
        super(request, out);
        this.out = out;
        this.whole = whole;
    }

    /** A request of nobody in particular: nothing that it brings of its own, known or not, colours what all will get. */
    static Request anonymous(Request request, Wanted wanted) {
        HttpFields.Mutable asked = HttpFields.build();
        String host = request.getHeaders().get(HttpHeader.HOST);
        if (host != null) {
            asked.put(HttpHeader.HOST, host);
        }
        // Whoever asks first, all get the same.
        asked.put(HttpHeader.ACCEPT, wanted.accept());
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return asked;
            }
        };
    }

    @Override
    public int getStatus() {
        return passing ? super.getStatus() : status;
    }

    @Override
    public void setStatus(int code) {
        if (passing) {
            super.setStatus(code);
        } else {
            status = code;
        }
    }

    @Override
    public HttpFields.Mutable getHeaders() {
        return passing ? super.getHeaders() : fields;
    }

    @Override
    public boolean isCommitted() {
        return passing ? super.isCommitted() : done;
    }

    @Override
    public boolean hasLastWrite() {
        return passing ? super.hasLastWrite() : done;
    }

    @Override
    public void reset() {
        if (passing) {
            super.reset();
        } else {
            status = 0;
            fields.clear();
            body.reset();
        }
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        if (passing) {
            super.write(last, bytes, callback);
            return;
        }
        int more = bytes == null ? 0 : bytes.remaining();
        if (body.size() + more > LARGEST) {
            passOn(last, bytes, callback);
            return;
        }
        if (bytes != null) {
            byte[] copy = new byte[more];
            bytes.get(copy);
            body.writeBytes(copy);
        }
        if (last) {
            done = true;
            whole.take(status == 0 ? HttpStatus.OK_200 : status, fields, body.toByteArray());
        }
        callback.succeeded();
    }

    private void passOn(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
        passing = true;
        whole.passing();
        if (status != 0) {
            out.setStatus(status);
        }
        out.getHeaders().add(fields);
        out.write(
                false,
                ByteBuffer.wrap(body.toByteArray()),
                Callback.from(() -> out.write(last, bytes, callback), callback::failed));
    }

    /** Whether the servlets have written all of it. */
    boolean isDone() {
        return done;
    }

    /** Whether it goes out as it comes. */
    boolean isPassing() {
        return passing;
    }

    /** Sends what was recorded, as it was recorded. */
    void send(Edge edge, Request request, Callback callback) {
        out.setStatus(getStatus() == 0 ? HttpStatus.OK_200 : getStatus());
        out.getHeaders().add(fields);
        edge.write(request, out, ByteBuffer.wrap(body.toByteArray()), callback);
    }
}
