package fr.tambour.dispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a dispatch so far: each recipient is counted once, as soon as it is known what became of them. Of a shown
 * channel there is nothing to count.
 *
 * @param accepted the service took it: that says nothing of whether anybody saw it
 * @param gone no longer there
 * @param failed refused for good, or given up after many attempts
 * @param expired not told, since the end came first
 * @param unknown may have been told, nobody can tell
 * @param stopped not told, since a correction or a withdrawal came first
 * @param waiting to be tried again
 * @param first when the first was accepted
 * @param last when the last was accepted
 * @param median how long half of the acceptances took from the moment at which the dispatch could begin; to two digits
 * @param p95 the same of 95 in a hundred
 */
public record Account(
        Dispatch dispatch,
        long accepted,
        long gone,
        long failed,
        long expired,
        long unknown,
        long stopped,
        long waiting,
        @Nullable Instant first,
        @Nullable Instant last,
        @Nullable Duration median,
        @Nullable Duration p95) {

    /** All who are accounted for. */
    public long total() {
        return accepted + gone + failed + expired + unknown + stopped;
    }
}
