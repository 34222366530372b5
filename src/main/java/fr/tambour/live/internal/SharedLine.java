package fr.tambour.live.internal;

import fr.tambour.ui.TooSlow;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * One stream of several on a connection (HTTP/2): an answer that goes on.
 *
 * @param answered completed when the stream ends
 */
record SharedLine(Request request, Response response, Callback answered) implements Line {

    @Override
    public void write(ByteBuffer bytes, Callback written) {
        response.write(false, bytes, written);
    }

    @Override
    public void end() {
        response.write(true, BufferUtil.EMPTY_BUFFER, answered);
    }

    @Override
    public void leave() {
        TooSlow.leave(request);
    }

    @Override
    public void fail(Throwable cause) {
        answered.failed(cause);
    }
}
