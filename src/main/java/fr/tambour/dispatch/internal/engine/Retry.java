package fr.tambour.dispatch.internal.engine;

import java.time.Instant;

/**
 * One recipient to be tried again.
 *
 * @param attempts how often it left so far
 * @param dueAt when it is tried next
 * @param inDoubt whether some attempt may have reached it: its answer may still come, or nobody can tell any more
 * @param underWay whether it is in a page that began
 * @param reason why, in a word
 * @param lease of the page in which it was last: what is answered under another says nothing of this attempt
 */
public record Retry(
        Ref ref, long key, int attempts, Instant dueAt, boolean inDoubt, boolean underWay, String reason, Lease lease) {

    /** A service's own words may be long; no row is. */
    private static final int LONGEST_REASON = 64;

    public Retry {
        reason = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    /** It left, or was about to, and nobody can tell what became of it. */
    boolean mayHaveArrived() {
        return underWay || inDoubt;
    }

    /** Whether what is answered under that lease is what it waits for. */
    boolean awaits(Lease asked) {
        return inDoubt && lease.equals(asked);
    }

    static Retry of(Page page, PageResult.Again again, Instant now) {
        return new Retry(
                page.ref(),
                again.key(),
                again.attempts(),
                now.plus(again.pause()),
                again.inDoubt(),
                false,
                again.reason(),
                page.lease());
    }

    Retry begin() {
        return new Retry(ref, key, attempts, dueAt, false, true, reason, lease);
    }
}
