package fr.tambour.ui.internal;

import java.nio.ByteBuffer;
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
