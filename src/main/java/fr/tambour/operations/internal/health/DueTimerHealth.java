package fr.tambour.operations.internal.health;

import fr.tambour.dispatch.TimerState;
import fr.tambour.storage.InstanceFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Is what is due being published and ended? The timer looks at least every second. */
@Component("dueTimerHealthIndicator")
class DueTimerHealth extends AbstractHealthIndicator {

    private static final Duration LATE = Duration.ofSeconds(30);

    private final TimerState timer;
    private final InstanceFacts facts;
    private final Clock clock;

    DueTimerHealth(TimerState timer, InstanceFacts facts, Clock clock) {
        this.timer = timer;
        this.facts = facts;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        if (!timer.isRunning()) {
            health.unknown();
            return;
        }
        Instant last = timer.lastRun();
        boolean inTime = Duration.between(last, clock.instant()).compareTo(LATE) < 0;
        health.status(inTime ? "UP" : "DOWN").withDetail("lastRun", last.toString());
        int paused = facts.paused().size();
        if (paused > 0) {
            health.withDetail("townsWithPublishingPaused", paused);
        }
    }
}
