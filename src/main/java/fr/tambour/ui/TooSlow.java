package fr.tambour.ui;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** Leaves whoever takes, or sends, too slowly. */
public final class TooSlow {

    private TooSlow() {}

    /** The connection goes with it; over HTTP/2, where others share it, the stream alone is reset. */
    public static void leave(Request request) {
        EofException slow = new EofException("Too slow");
        ConnectionMetaData line = request.getConnectionMetaData();
        if (line.getHttpVersion() == HttpVersion.HTTP_2) {
            // Whoever writes or reads fails, and so does the exchange.
            request.fail(slow);
        } else {
            line.getConnection().getEndPoint().close(slow);
        }
    }
}
