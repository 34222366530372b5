package fr.tambour.ui.internal;

import fr.tambour.ui.Edge;
import fr.tambour.ui.FormGate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** What happens to a request before any servlet or filter of ours sees it. */
@Component
class ServerEdge implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, Ordered {

    private final UnreadableRequests unreadable;
    private final ObjectProvider<FormGate> gates;

    ServerEdge(UnreadableRequests unreadable, ObjectProvider<FormGate> gates) {
        this.unreadable = unreadable;
        this.gates = gates;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> {
            server.setErrorHandler(unreadable);
            for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
                context.insertHandler(new ArrivingBodies(unreadable, Pace.SLOWEST, gates::stream));
            }
            server.insertHandler(new PacedAnswers(Pace.SLOWEST));
            if (server.getThreadPool() instanceof ThreadPool.SizedThreadPool pool) {
                server.insertHandler(new PublicThreads(pool.getMaxThreads()));
                server.insertHandler(new FairThreads(pool.getMaxThreads()));
            }
        });
    }

    @Override
    public int getOrder() {
        return Edge.ORDER;
    }
}
