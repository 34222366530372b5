package fr.tambour.phone.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Whether what notices tell is going out: while it does, no time is taken to prepare for later ones. What a phone that asks is
 * sent is none of it: anybody may ask, at any time.
 */
@Component
class PushTraffic {

    /** Without a message or an answer: longer than the engine pauses between two pages. */
    static final Duration QUIET = Duration.ofMillis(250);

    private final LongSupplier nanos;
    private volatile long last;

    @Autowired
    PushTraffic() {
        this(System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    PushTraffic(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong() - QUIET.toNanos();
    }

    /** A message leaves, or is answered. */
    void passes() {
        last = nanos.getAsLong();
    }

    /** For how long it is still too early to take time; zero or less while nothing goes out. */
    Duration untilQuiet() {
        return QUIET.minusNanos(nanos.getAsLong() - last);
    }
}
