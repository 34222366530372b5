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
 * @param lease of the page in which it was last: what is answered under another says nothing of this attempt
 */
public record Retry(
        Ref ref,
        long key,
        int attempts,
        Instant dueAt,
        boolean awaiting,
        boolean underWay,
        String reason,
        Lease lease) {

    /** A service's own words may be long; no row is. */
    private static final int LONGEST_REASON = 64;

    public Retry {
        reason = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    /** It left, or was about to, and nobody can tell what became of it. */
    boolean mayHaveArrived() {
        return underWay || awaiting;
    }

    /** Whether what is answered under that lease is what it waits for. */
    boolean awaits(Lease asked) {
        return awaiting && lease.equals(asked);
    }

    static Retry of(Page page, PageResult.Again again, Instant now) {
        return new Retry(
                page.ref(),
                again.key(),
                again.attempts(),
                now.plus(again.pause()),
                again.awaiting(),
                false,
                again.reason(),
                page.lease());
    }

    Retry begin() {
        return new Retry(ref, key, attempts, dueAt, false, true, reason, lease);
    }
}
