package fr.tambour.live.internal;

import fr.tambour.live.LiveSettings;
import fr.tambour.town.Towns;
import fr.tambour.ui.Edge;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Puts {@link Front} before everything else. */
@Component
@EnableConfigurationProperties(LiveSettings.class)
class FrontEdge implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, Ordered {

    /** Connections that wait to be accepted: after a restart all open pages come at once. */
    private static final int WAITING = 4_096;

    private final ObjectProvider<Streams> streams;
    private final ObjectProvider<HotPages> pages;
    private final ObjectProvider<Towns> towns;
    private final Pulse pulse;
    private final Counts counts;
    private final Edge edge;
    private final LiveSettings settings;

    FrontEdge(
            ObjectProvider<Streams> streams,
            ObjectProvider<HotPages> pages,
            ObjectProvider<Towns> towns,
            Pulse pulse,
            Counts counts,
            Edge edge,
            LiveSettings settings) {
        this.streams = streams;
        this.pages = pages;
        this.towns = towns;
        this.pulse = pulse;
        this.counts = counts;
        this.edge = edge;
        this.settings = settings;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> {
            for (var connector : server.getConnectors()) {
                if (connector instanceof ServerConnector listening) {
                    listening.setAcceptQueueSize(WAITING);
                }
            }
            server.insertHandler(new Front(streams, pages, towns, pulse, counts, edge, settings));
        });
    }

    /** After what `ui` puts around the servlets: further out. */
    @Override
    public int getOrder() {
        return Edge.ORDER + 1;
    }
}
