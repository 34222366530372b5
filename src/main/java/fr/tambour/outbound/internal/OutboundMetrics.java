package fr.tambour.outbound.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What is open towards others: both come back to nothing when there is nothing to send. */
@Component
class OutboundMetrics implements MeterBinder {

    private final GuardedClient client;

    OutboundMetrics(GuardedClient client) {
        this.client = client;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tambour.outbound.under.way", client, GuardedClient::underWay)
                .description("Requests to addresses of others that are not answered yet")
                .baseUnit("requests")
                .register(registry);
        Gauge.builder("tambour.outbound.open", client, GuardedClient::connections)
                .description("Connections to addresses of others")
                .baseUnit("connections")
                .register(registry);
    }
}
