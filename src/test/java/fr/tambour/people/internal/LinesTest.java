package fr.tambour.people.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.people.internal.Throttle.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinesTest {

    private final Lines lines = new Lines();

    private Optional<Lines.Place> stranger(String address) {
        return lines.enter(Attempt.signIn("somebody@clairval.fr", address, null));
    }

    @Test
    void oneAddressTakesAFewPlacesAndLeavesRoomForOthers() {
        List<Lines.Place> places = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            places.add(stranger("198.51.100.7").orElseThrow());
        }
        assertThat(stranger("198.51.100.7")).isEmpty();
        assertThat(stranger("198.51.100.8")).isPresent();

        places.removeFirst().close();
        assertThat(stranger("198.51.100.7")).isPresent();
    }

    @Test
    void whoComesWhenManyWaitIsToldAtOnce() {
        for (int i = 0; i < 16; i++) {
            assertThat(stranger("203.0.113." + i)).isPresent();
        }
        assertThat(stranger("198.51.100.7")).isEmpty();
    }

    @Test
    @Timeout(30)
    void aDeviceThatSignedInBeforeDoesNotStandBehindStrangers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                Lines.Place place = stranger("203.0.113." + i).orElseThrow();
                threads.submit(() -> place.take(() -> waited(end)));
            }
            try (Lines.Place known = lines.enter(Attempt.signIn("somebody@clairval.fr", "203.0.113.1", "1.device.mac"))
                    .orElseThrow()) {
                assertThat(known.take(() -> "looked at")).isEqualTo("looked at");
            } finally {
                end.countDown();
            }
        }
    }

    private static boolean waited(CountDownLatch end) {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
