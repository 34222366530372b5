package fr.tambour.ui.internal;

import fr.tambour.ui.FormGate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens to a request before any servlet or filter of ours sees it. */
@Configuration(proxyBeanMethods = false)
class ServerEdge {

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> edge(
            UnreadableRequests unreadable, ObjectProvider<FormGate> gates) {
        return factory -> factory.addServerCustomizers(server -> {
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
}
