package fr.tambour.dispatch.internal.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long a page has waited for its origins: it stands still while the page is in our own hands, which encrypt, sign and
 * queue what is to be sent. No origin is to blame for that.
 */
final class Stopwatch {

    private final Instant begun;
    private int inHand;
    private Instant inHandSince = Instant.MIN;
    private Duration spent = Duration.ZERO;

    Stopwatch(Instant begun) {
        this.begun = begun;
    }

    /** Some of the page are to be sent. */
    void takenInHand(Instant now) {
        if (inHand++ == 0) {
            inHandSince = now;
        }
    }

    /** They are on their way. */
    void handedOver(Instant now) {
        if (--inHand == 0) {
            spent = spent.plus(inHand(now));
        }
    }

    boolean isStopped() {
        return inHand > 0;
    }

    Duration read(Instant now) {
        Duration all = Duration.between(begun, now).minus(spent);
        return isStopped() ? all.minus(inHand(now)) : all;
    }

    private Duration inHand(Instant now) {
        return now.isBefore(inHandSince) ? Duration.ZERO : Duration.between(inHandSince, now);
    }
}
