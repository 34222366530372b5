package fr.tambour.phone.internal;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives way: to messages that go out altogether, to everything else half of the time. Who works in small steps and takes a
 * turn before each has half of one core at most, and none while pushes are under way.
 */
final class Idleness {

    /** Of work at a stretch: nobody notices so little. */
    static final Duration STRETCH = Duration.ofMillis(5);

    /** A step that took longer than this was itself held up. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final PushTraffic traffic;
    private final LongSupplier nanos;
    private final Pause pause;
    private long began;

    /** Does nothing for a while. */
    interface Pause {
        void rest(Duration time) throws InterruptedException;
    }

    Idleness(PushTraffic traffic) {
        this(traffic, System::nanoTime, Thread::sleep);
    }

    /** @param nanos as {@link System#nanoTime} */
    Idleness(PushTraffic traffic, LongSupplier nanos, Pause pause) {
        this.traffic = traffic;
        this.nanos = nanos;
        this.pause = pause;
        this.began = nanos.getAsLong();
    }

    /** What was waited for was no work. */
    void begin() {
        began = nanos.getAsLong();
    }

    /** Returns when there is nothing better to do for the next small step. */
    void turn() throws InterruptedException {
        Duration worked = Duration.ofNanos(nanos.getAsLong() - began);
        if (worked.compareTo(STRETCH) >= 0) {
            pause.rest(worked.compareTo(LONGEST_PAUSE) < 0 ? worked : LONGEST_PAUSE);
            begin();
        }
        Duration busy = traffic.untilQuiet();
        while (busy.isPositive()) {
            pause.rest(busy);
            busy = traffic.untilQuiet();
            begin();
        }
    }
}
