package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import fr.tambour.ui.Scope;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ThreadLimitHandler;
import org.jspecify.annotations.Nullable;

/**
 * Of the threads that answer, the public holds three quarters at most, from however many addresses: the studio and the
 * programs' API, where nobody gets a large answer without having signed in, find one of the rest. What comes beyond that
 * waits its turn without a thread. What is made for many has an eighth of its own: neither do its makers wait for readers
 * who hold the public's, nor has whoever invents addresses the studio's.
 */
final class PublicThreads extends ThreadLimitHandler {

    private static final int QUARTERS = 3;
    private static final int EIGHTH = 8;
    private static final String ALL_OF_THEM = "public";
    private static final String MAKERS = "makers";

    private final int making;

    PublicThreads(int threads) {
        setThreadLimit(Math.max(1, threads * QUARTERS / 4));
        this.making = Math.max(1, threads / EIGHTH);
    }

    @Override
    protected int getThreadLimit(String whose) {
        return whose.equals(MAKERS) ? making : super.getThreadLimit(whose);
    }

    /** The public as one, and what is made for many as another; nobody for what is not counted. */
    @Override
    protected @Nullable String getRemoteIP(Request request) {
        String path = Request.getPathInContext(request);
        if (request.getAttribute(Edge.FOR_MANY) != null) {
            return MAKERS;
        }
        return Scope.isStudio(path) || path.startsWith("/api/v1/") ? null : ALL_OF_THEM;
    }
}
