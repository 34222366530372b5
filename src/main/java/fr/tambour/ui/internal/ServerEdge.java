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
            int threads = server.getThreadPool() instanceof ThreadPool.SizedThreadPool pool ? pool.getMaxThreads() : 0;
            for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
                if (threads > 0) {
                    // Innermost: what has not arrived yet counts for nothing here.
                    context.insertHandler(new StaffThreads(threads));
                }
                context.insertHandler(new ArrivingBodies(unreadable, Pace.SLOWEST, gates::stream));
            }
            server.insertHandler(new PacedAnswers(Pace.SLOWEST));
            if (threads > 0) {
                server.insertHandler(new FairThreads(threads));
            }
        });
    }
}
