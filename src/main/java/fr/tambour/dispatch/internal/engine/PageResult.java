package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Duration;
import java.util.List;

/**
 * What became of a page: each of its recipients is in the tally or to be tried again.
 *
 * @param gone recipients to be forgotten
 * @param again those to be tried again
 * @param missed the keys of those to whom nothing of it leaves any more, since it was stopped or its end came: an earlier attempt may
 *     have reached them, nobody can tell
 * @param reached the highest key of whom the page may have reached, or those tried again will be; all below it count as reached.
 *     {@link Slice#RETRIES} where there is nobody
 */
public record PageResult(Tally tally, List<Recipient> gone, List<Again> again, List<Long> missed, long reached) {

    /**
     * One to be tried again.
     *
     * @param origin who has to answer for it
     * @param attempts how often it left so far
     * @param pause for how long it is left alone
     * @param inDoubt whether some attempt may have reached it: its answer may still come, or nobody can tell any more
     * @param reason why, in a word
     */
    public record Again(long key, String origin, int attempts, Duration pause, boolean inDoubt, String reason) {

        /** Its origin takes no more for now. */
        static final String PARKED = "origin";

        /** For whose answer it waits, and for nothing else; empty where it waits for its own time. */
        String awaited() {
            return reason.equals(PARKED) ? origin : "";
        }

        /** Or may have. */
        boolean hasLeft() {
            return attempts > 0 || inDoubt;
        }

        /** The same of another. */
        Again of(long other) {
            return new Again(other, origin, attempts, pause, inDoubt, reason);
        }
    }
}
