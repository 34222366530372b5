package fr.tambour.notice;

import java.time.Instant;
import java.util.Optional;

/**
 * What time does to notices. Called by the timer in {@code dispatch}; what is due is a query on the notice's own
 * columns, so nothing is lost with a crash.
 */
public interface NoticeClock {

    /**
     * Publishes and ends what is due at {@code now}, each in a transaction of its own, soonest first. What was due but is
     * past its end meanwhile goes back to its authors, unpublished.
     *
     * @param publish whether timed publishing is on; it is paused after a restore
     * @return how many notices moved
     */
    int advance(Instant now, boolean publish);

    /** The next moment at which something is due or over. */
    Optional<Instant> next();
}
