package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdlenessTest {

    private long now = 1_000_000_000_000L;
    private final PushTraffic traffic = new PushTraffic(() -> now);
    private final List<Duration> pauses = new ArrayList<>();
    private final Idleness idleness = new Idleness(traffic, () -> now, time -> {
        pauses.add(time);
        now += time.toNanos();
    });

    private void passes(Duration time) {
        now += time.toNanos();
    }

    @Test
    void atMostHalfOfOneCoreIsTaken() throws Exception {
        Duration step = Duration.ofMillis(1);
        long began = now;
        for (int i = 0; i < 10_000; i++) {
            idleness.turn();
            passes(step);
        }

        Duration worked = step.multipliedBy(10_000);
        assertThat(Duration.ofNanos(now - began))
                .isGreaterThanOrEqualTo(worked.multipliedBy(2).minus(Idleness.STRETCH));
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(10)));
    }

    @Test
    void whileMessagesGoOutNothingIsTakenAndAfterwardsAllIsWell() throws Exception {
        traffic.passes();
        passes(Duration.ofMillis(100));
        traffic.passes();
        passes(Duration.ofMillis(50));
        idleness.begin();

        idleness.turn();

        assertThat(traffic.untilQuiet()).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(pauses).contains(PushTraffic.QUIET.minusMillis(50));
        pauses.clear();
        idleness.turn();
        assertThat(pauses).isEmpty();
    }

    @Test
    void aMessageThatLeavesDuringThePauseIsGivenWayToAsWell() throws Exception {
        int[] rests = {0};
        Idleness disturbed = new Idleness(traffic, () -> now, time -> {
            now += time.toNanos();
            if (rests[0]++ < 5) {
                traffic.passes();
            }
        });
        traffic.passes();

        disturbed.turn();

        assertThat(rests[0]).isEqualTo(6);
    }

    @Test
    void beforeAnythingWasSentNobodyWaits() throws Exception {
        idleness.turn();

        assertThat(pauses).isEmpty();
    }
}
