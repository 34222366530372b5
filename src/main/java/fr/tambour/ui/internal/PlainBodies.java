package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What is sent is taken as it comes: nobody who speaks with a town packs it, and a few kilobytes unpack to as much memory as there
 * is, before anything looks at how long it is. Refused with 415 and what is understood (RFC 9110 section 12.5.3).
 */
final class PlainBodies extends Handler.Wrapper {

    private static final String AS_IT_IS = "identity";

    private final Edge edge;

    PlainBodies(Edge edge) {
        this.edge = edge;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean packed = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false).stream()
                .anyMatch(coding -> !AS_IT_IS.equalsIgnoreCase(coding));
        if (packed) {
            response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, AS_IT_IS);
            edge.refuse(request, response, callback, 415);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
