package fr.tambour.dispatch.internal.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether messages of a page may leave still. Asked by whoever lets one go, as it really goes: it may have waited in a line
 * while its page was settled, its end came, its lease ran out, or something took its dispatch's place.
 */
public final class Permit {

    private final OpenDispatch dispatch;
    private final Instant ordered;
    private final Instant over;
    private volatile boolean revoked;

    /** @param ordered when the page was reached for: its lease began no earlier */
    Permit(OpenDispatch dispatch, Instant ordered, Duration lease) {
        this.dispatch = dispatch;
        this.ordered = ordered;
        this.over = ordered.plus(lease);
    }

    /** By the clock of the node that carries it; on any thread. */
    public boolean holds(Instant now) {
        return !revoked && isLeased(now) && !dispatch.isOver(now);
    }

    /** Whether the page is still this node's, as far as its clock tells: not if it was set back meanwhile. */
    boolean isLeased(Instant now) {
        return now.isBefore(over) && !now.isBefore(ordered);
    }

    /** The page lands, or its dispatch is known to be stopped. */
    void revoke() {
        revoked = true;
    }
}
