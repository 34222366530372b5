package fr.tambour.ui.internal;

import com.sun.management.UnixOperatingSystemMXBean;
import fr.tambour.ui.DirectTaker;
import fr.tambour.ui.Edge;
import fr.tambour.ui.EdgeSettings;
import fr.tambour.ui.FormGate;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** What happens to a request before any servlet or filter of ours sees it. */
@Component
@EnableConfigurationProperties(EdgeSettings.class)
class ServerEdge implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, Ordered, MeterBinder {

    /** What the system holds of what somebody does not read, twice this at most: otherwise megabytes of each connection. */
    private static final int UNREAD_BYTES = 256 << 10;

    /** Files, the database, commands. */
    private static final int DESCRIPTORS_FOR_THE_REST = 1_000;

    private static final int IDLE_MS = 10_000;

    /** One address has a quarter. */
    private static final int SHARE = 4;

    private final UnreadableRequests unreadable;
    private final Supplier<List<FormGate>> gates;
    private final Supplier<List<DirectTaker>> takers;
    private final EdgeSettings settings;
    private final boolean proxy;
    private final List<OpenConnections> connections = new CopyOnWriteArrayList<>();
    private final OpenConnections.Counts counts = new OpenConnections.Counts();

    ServerEdge(
            UnreadableRequests unreadable,
            ObjectProvider<FormGate> gates,
            ObjectProvider<DirectTaker> takers,
            EdgeSettings settings,
            Environment environment) {
        this.unreadable = unreadable;
        // Kept: to look for them takes Spring long, and they are asked with each body.
        this.gates = SingletonSupplier.of(() -> gates.stream().toList());
        this.takers = SingletonSupplier.of(() -> takers.stream().toList());
        this.settings = settings;
        this.proxy = environment.getProperty("tambour.proxy", Boolean.class, false);
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> {
            server.setErrorHandler(unreadable);
            for (Connector connector : server.getConnectors()) {
                if (connector instanceof ServerConnector listening) {
                    bound(listening);
                }
            }
            for (ServletContextHandler context : server.getDescendants(ServletContextHandler.class)) {
                context.insertHandler(new ArrivingBodies(unreadable, Pace.SLOWEST, gates, takers));
            }
            server.insertHandler(new PlainBodies(unreadable));
            server.insertHandler(new PacedAnswers(Pace.SLOWEST));
            if (server.getThreadPool() instanceof QueuedThreadPool pool) {
                letGoOfThreads(pool);
                server.insertHandler(new PublicThreads(pool.getMaxThreads()));
                server.insertHandler(new FairThreads(pool.getMaxThreads()));
            }
        });
    }

    /** Thousands who come at once have all of them made, a hundred kilobytes each; Jetty would let one go a minute. */
    static void letGoOfThreads(QueuedThreadPool pool) {
        pool.setIdleTimeout(IDLE_MS);
        pool.setMaxEvictCount(pool.getMaxThreads());
    }

    /** Behind a proxy all connections are its own. */
    private void bound(ServerConnector connector) {
        connector.setAcceptedSendBufferSize(UNREAD_BYTES);
        (proxy ? Http2.OF_A_PROXY : Http2.OF_A_READER).bound(connector);
        int most = Math.max(1, (int) Math.min(settings.connections(), descriptors() - DESCRIPTORS_FOR_THE_REST));
        OpenConnections open =
                new OpenConnections(connector.getScheduler(), most, proxy ? most : Math.max(1, most / SHARE), counts);
        connector.addBean(open);
        connections.add(open);
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "tambour.connections",
                        connections,
                        all -> all.stream().mapToInt(OpenConnections::count).sum())
                .description("Connections that are open")
                .register(registry);
        closed(registry, "too-many", counts.refused);
        closed(registry, "silent", counts.silent);
        closed(registry, "unread", counts.unread);
    }

    private static void closed(MeterRegistry registry, String reason, LongAdder count) {
        FunctionCounter.builder("tambour.connections.closed", count, LongAdder::sum)
                .description("Connections that were closed on whoever had opened them")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public int getOrder() {
        return Edge.ORDER;
    }
}
