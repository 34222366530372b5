package fr.tambour.phone.internal;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Devices for which keys are to be prepared soon: new ones, and those whose keys were used. A few are kept in mind one by
 * one; where there are more, all devices are gone through.
 */
@Component
class Unprepared {

    static final int MOST = 1_000;

    private final BlockingQueue<PushEndpoint> devices = new LinkedBlockingQueue<>(MOST);
    private volatile boolean tooMany;

    void add(PushEndpoint device) {
        if (!devices.offer(device)) {
            tooMany = true;
        }
    }

    /** The one that has waited longest; null if there is none for so long. */
    @Nullable
    PushEndpoint next(Duration wait) throws InterruptedException {
        return devices.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether there are more than are kept in mind. */
    boolean areTooMany() {
        return tooMany;
    }

    /** All devices are gone through from now on. */
    void clear() {
        tooMany = false;
        devices.clear();
    }
}
