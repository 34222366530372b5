package fr.tambour.people.internal;

import java.time.Duration;

/** How long to wait, in whole seconds: never too short. */
public final class Waits {

    private Waits() {}

    public static long seconds(Duration delay) {
        return Math.max(1, (delay.toMillis() + 999) / 1_000);
    }
}
