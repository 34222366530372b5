package fr.tambour.phone.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How far ahead of the next messages this node is; tells numbers alone. */
@Component
class PreparedKeysMetrics implements MeterBinder {

    private final PreparedKeys prepared;

    PreparedKeysMetrics(PreparedKeys prepared) {
        this.prepared = prepared;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tambour.phones.prepared", prepared, PreparedKeys::count)
                .description("Key agreements made for the next messages to phones")
                .baseUnit("keys")
                .register(registry);
        Gauge.builder("tambour.phones.prepared.devices", prepared, PreparedKeys::devices)
                .description("Phones for which there is one at least")
                .baseUnit("devices")
                .register(registry);
    }
}
