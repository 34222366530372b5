package fr.tambour.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is about to be so. */
public final class Await {

    /** As long as a machine that does everything at once may need. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private Await() {}

    /** @throws AssertionError if it is not within two minutes */
    public static void until(BooleanSupplier fact) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come to be so within " + PATIENCE);
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
