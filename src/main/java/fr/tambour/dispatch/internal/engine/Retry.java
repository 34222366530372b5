package fr.tambour.dispatch.internal.engine;

import java.time.Instant;

/**
 * One recipient to be tried again.
 *
 * @param attempts how often it left so far
 * @param dueAt when it is tried next
 * @param awaiting whether the last attempt's answer may still come
 * @param underWay whether it is in a page that began
 * @param reason why, in a word
 */
public record Retry(Ref ref, long key, int attempts, Instant dueAt, boolean awaiting, boolean underWay, String reason) {

    /** A service's own words may be long; no row is. */
    private static final int LONGEST_REASON = 64;

    public Retry {
        reason = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    /** It left, or was about to, and nobody can tell what became of it. */
    boolean mayHaveArrived() {
        return underWay || awaiting;
    }

    static Retry of(Ref ref, PageResult.Again again, Instant now) {
        return new Retry(
                ref, again.key(), again.attempts(), now.plus(again.pause()), again.awaiting(), false, again.reason());
    }

    Retry begin() {
        return new Retry(ref, key, attempts, dueAt, false, true, reason);
    }
}
