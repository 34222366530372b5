package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The guarded client, for which every name is this machine's, and which counts how often each request is answered. */
public final class LocalClient implements OutboundClient, AutoCloseable {

    private static final Names THIS_MACHINE =
            host -> new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};

    private final GuardedClient client;

    LocalClient(Path authority, Limits limits) {
        this(authority, limits, THIS_MACHINE);
    }

    LocalClient(Path authority, Limits limits, Names names) {
        this(authority, limits, names, Clock.systemUTC());
    }

    LocalClient(Path authority, Limits limits, InstantSource clock) {
        this(authority, limits, THIS_MACHINE, clock);
    }

    private LocalClient(Path authority, Limits limits, Names names, InstantSource clock) {
        client = new GuardedClient(new OutboundSettings(true, authority), names, limits, clock);
    }

    /** With as little patience as a test on a busy machine can have. */
    public static LocalClient impatient(Path authority, InstantSource clock) {
        return new LocalClient(
                authority,
                new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(25), 2, 4, 4_096),
                clock);
    }

    @Override
    public void send(OutboundRequest request, Consumer<OutboundAnswer> answer) {
        client.send(request, answer);
    }

    /** The answers to one request: a list that should have one element. */
    List<OutboundAnswer> post(String address) {
        return post(address, null);
    }

    List<OutboundAnswer> post(String address, @Nullable Instant leaveBy) {
        return post(address, leaveBy, () -> true);
    }

    List<OutboundAnswer> post(String address, @Nullable Instant leaveBy, BooleanSupplier wanted) {
        List<OutboundAnswer> told = new CopyOnWriteArrayList<>();
        client.send(
                new OutboundRequest(URI.create(address), Map.of("ttl", "1"), new byte[3], leaveBy, wanted), told::add);
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
