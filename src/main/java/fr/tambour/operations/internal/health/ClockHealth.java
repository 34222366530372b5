package fr.tambour.operations.internal.health;

import fr.tambour.storage.MachineClock;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Does this machine's clock agree with the one that all nodes go by? Where it does not, all goes on by the latter. */
@Component("clockHealthIndicator")
class ClockHealth extends AbstractHealthIndicator {

    private final MachineClock machine;

    ClockHealth(MachineClock machine) {
        this.machine = machine;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up().withDetail("machineAheadSeconds", machine.secondsAhead());
        if (machine.isOff()) {
            health.withDetail(
                    "lacking", "the clocks of this machine and of the database agree: set the one that is wrong");
        }
    }
}
