package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What time does to notices. Called by the timer in {@code dispatch}; what is due is a query on the notice's own
 * columns, so nothing is lost with a crash.
 */
public interface NoticeClock {

    /**
     * Publishes and ends what is due at {@code now}, each in a transaction of its own, soonest first. What was due but is
     * past its end meanwhile goes back to its authors, unpublished.
     *
     * @param paused towns whose timed publishing waits for a person, as after a restore; what ends, ends in them, too
     * @return how many notices moved
     */
    int advance(Instant now, Set<TownId> paused);

    /** The next moment at which something is due or over. */
    Optional<Instant> next();
}
