package fr.tambour.phone.internal;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Who encrypts what phones are told: a native provider, or Java, ten times as slow. Neither is a fault. */
@Component("cryptographyHealthIndicator")
class CryptographyHealth extends AbstractHealthIndicator {

    private final PushTools tools;

    CryptographyHealth(PushTools tools) {
        this.tools = tools;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Algorithms algorithms = tools.algorithms();
        health.up().withDetail("provider", algorithms.name()).withDetail("native", algorithms.isNative());
        String lacking = algorithms.lacking();
        if (lacking != null) {
            health.withDetail("lacking", lacking);
        }
    }
}
