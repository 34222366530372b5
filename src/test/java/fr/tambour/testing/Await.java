package fr.tambour.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what is about to be so. */
public final class Await {

    /** As long as a machine that does everything at once may need. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Asked again soon at first, then less and less: whoever asks takes the processor from who is to do it. */
    private static final long SOON_NANOS = 100_000;

    private static final long LATEST_NANOS = 25_000_000;

    private Await() {}

    /** @throws AssertionError if it is not within two minutes */
    public static void until(BooleanSupplier fact) {
        found(() -> fact.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /**
     * What is about to be there.
     *
     * @throws AssertionError if it is not within two minutes
     */
    public static <T> T found(Supplier<Optional<T>> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long pause = SOON_NANOS; ; pause = Math.min(pause + pause / 4, LATEST_NANOS)) {
            Optional<T> here = wanted.get();
            if (here.isPresent()) {
                return here.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come to be so within " + PATIENCE);
            }
            LockSupport.parkNanos(pause);
        }
    }
}
