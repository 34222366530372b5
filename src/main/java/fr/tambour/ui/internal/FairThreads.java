package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import fr.tambour.ui.Network;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.jspecify.annotations.Nullable;

/**
 * Of the threads that answer, one address holds a quarter at most. What it asks for beyond that waits its turn and is not
 * refused, since behind one address there may be all the telephones of a mobile network.
 */
final class FairThreads extends ThreadLimitHandler {

    private static final int SHARE = 4;

    FairThreads(int threads) {
        setThreadLimit(Math.max(1, threads / SHARE));
    }

    /** The address that Tambour believes: a proxy's word for it only where that is configured. */
    @Override
    protected @Nullable String getRemoteIP(Request request) {
        return request.getAttribute(Edge.FOR_MANY) == null ? Network.of(Request.getRemoteAddr(request)) : null;
    }
}
