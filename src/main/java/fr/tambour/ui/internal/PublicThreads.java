package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import fr.tambour.ui.Scope;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.jspecify.annotations.Nullable;

/**
 * Of the threads that answer, the public holds three quarters at most, from however many addresses: the studio and the
 * programs' API, where nobody gets a large answer without having signed in, find one of the rest. What comes beyond that
 * waits its turn without a thread.
 */
final class PublicThreads extends ThreadLimitHandler {

    private static final int QUARTERS = 3;
    private static final String ALL_OF_THEM = "public";

    PublicThreads(int threads) {
        setThreadLimit(Math.max(1, threads * QUARTERS / 4));
    }

    /** The public as one; nobody for what is not counted. */
    @Override
    protected @Nullable String getRemoteIP(Request request) {
        String path = Request.getPathInContext(request);
        return request.getAttribute(Edge.FOR_MANY) != null || Scope.isStudio(path) || path.startsWith("/api/v1/")
                ? null
                : ALL_OF_THEM;
    }
}
