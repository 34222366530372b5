package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The guarded client, for which every name is this machine's, and which counts how often each request is answered. */
public final class LocalClient implements OutboundClient, AutoCloseable {

    private final GuardedClient client;

    LocalClient(Path authority, Limits limits) {
        this(authority, limits, host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})});
    }

    LocalClient(Path authority, Limits limits, Names names) {
        client = new GuardedClient(new OutboundSettings(true, authority), names, limits);
    }

    /** With as little patience as a test has. */
    public static LocalClient impatient(Path authority) {
        return new LocalClient(
                authority,
                new Limits(Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(10), 2, 4, 4_096));
    }

    @Override
    public void post(OutboundRequest request, Consumer<OutboundAnswer> answer) {
        client.post(request, answer);
    }

    /** The answers to one request: a list that should have one element. */
    List<OutboundAnswer> post(String address) {
        List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
        client.post(new OutboundRequest(URI.create(address), Map.of("ttl", "1"), new byte[3]), told::add);
        return told;
    }

    public int underWay() {
        return client.underWay();
    }

    public int connections() {
        return client.connections();
    }

    @Override
    public void close() {
        client.close();
    }
}
