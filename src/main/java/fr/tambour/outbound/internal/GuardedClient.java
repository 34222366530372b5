package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundAnswer.Unreachable;
import fr.tambour.outbound.OutboundClient;
import fr.tambour.outbound.OutboundRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Judges the address, has the name resolved, and lets the wire connect to the very addresses that were judged, and to no
 * other. A name that answers differently the second time gains nothing: there is no second time.
 */
@Component
@EnableConfigurationProperties(OutboundSettings.class)
class GuardedClient implements OutboundClient, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardedClient.class);

    private final OutboundSettings settings;
    private final Names names;
    private final Limits limits;
    private final InstantSource clock;
    private final Object opening = new Object();
    private volatile @Nullable Open open;
    private boolean closed;

    /** Made at the first request, so that no start pays for it. */
    private record Open(CheckedNames names, Wire wire) {}

    @Autowired
    GuardedClient(OutboundSettings settings, Clock clock) {
        this(settings, InetAddress::getAllByName, Limits.ORDINARY, clock);
    }

    GuardedClient(OutboundSettings settings, Names names, Limits limits, InstantSource clock) {
        this.settings = settings;
        this.names = names;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void send(OutboundRequest request, Consumer<OutboundAnswer> answer) {
        switch (Target.of(request.address(), settings.loopback())) {
            case Target.Forbidden(String reason) -> answer.accept(new Unreachable(reason));
            case Target.Callable target -> post(target, request, answer);
        }
    }

    @Override
    public boolean mayCall(URI address) {
        return Target.of(address, settings.loopback()) instanceof Target.Callable;
    }

    @Override
    public boolean callsLoopback() {
        return settings.loopback();
    }

    private void post(Target.Callable target, OutboundRequest request, Consumer<OutboundAnswer> answer) {
        long deadline = System.nanoTime() + limits.whole().toNanos();
        @Nullable Open now;
        try {
            now = open();
        } catch (RuntimeException e) {
            log.error("Nothing can be sent to addresses of others", e);
            answer.accept(new Unreachable(OutboundAnswer.NO_SOCKET));
            return;
        }
        if (now == null) {
            answer.accept(new Unreachable(OutboundAnswer.STOPPING));
            return;
        }
        var unused = now.names().of(target.host()).whenComplete((checked, failure) -> {
            if (failure != null) {
                answer.accept(new Unreachable("its name was not resolved"));
                return;
            }
            switch (checked) {
                case CheckedNames.Checked.Unusable unusable -> answer.accept(new Unreachable(unusable.reason()));
                case CheckedNames.Checked.Public(List<InetAddress> addresses) ->
                    now.wire().post(target, addresses, request, deadline, told -> {
                        if (told instanceof Unreachable) {
                            now.names().askAnew(target.host());
                        }
                        answer.accept(told);
                    });
            }
        });
    }

    private @Nullable Open open() {
        @Nullable Open now = open;
        if (now != null) {
            return now;
        }
        synchronized (opening) {
            if (open == null && !closed) {
                open = new Open(
                        new CheckedNames(names, settings.loopback()), NettyWire.open(settings.ca(), limits, clock));
            }
            return open;
        }
    }

    /** Requests that are not answered yet. */
    int underWay() {
        @Nullable Open now = open;
        return now == null ? 0 : now.wire().underWay();
    }

    /** Connections that stand. */
    int connections() {
        @Nullable Open now = open;
        return now == null ? 0 : now.wire().connections();
    }

    @Override
    public void close() {
        synchronized (opening) {
            closed = true;
            if (open != null) {
                open.wire().close();
                open = null;
            }
        }
    }
}
