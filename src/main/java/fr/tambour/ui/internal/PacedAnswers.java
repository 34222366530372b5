package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A reader who takes next to nothing of an answer is left: otherwise each would hold a thread for as long as it likes. */
final class PacedAnswers extends Handler.Wrapper {

    private final Pace pace;

    PacedAnswers(Pace pace) {
        this.pace = pace;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2
                && request.getAttribute(Edge.FOR_MANY) == null) {
            TakenAhead ahead = new TakenAhead(request, response, pace);
            return super.handle(request, ahead, ahead.answered(callback));
        }
        return super.handle(request, new Paced(request, response), callback);
    }

    private final class Paced extends Response.Wrapper {

        Paced(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer bytes, Callback callback) {
            if (bytes == null || !bytes.hasRemaining()) {
                super.write(last, bytes, callback);
                return;
            }
            pace.write(getRequest(), getWrapped(), last, bytes, callback);
        }
    }
}
