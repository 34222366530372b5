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
     * Ends what is over at {@code now} and publishes what is due, each in a transaction of its own, soonest first. What is
     * due but refused, mostly because its end has passed meanwhile, goes back to its authors, unpublished. What fails holds
     * up no other and is tried again, after a second at first and never later than after a minute. Of very many some are
     * left, and due again at once.
     *
     * @param paused towns whose timed publishing waits for a person, as after a restore; what ends, ends in them, too
     * @return how many notices moved
     */
    int advance(Instant now, Set<TownId> paused);

    /** The next moment at which something is due or over, past if it is so already; empty where nothing will ever be. */
    Optional<Instant> next();
}
