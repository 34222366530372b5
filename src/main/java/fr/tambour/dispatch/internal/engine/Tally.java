package fr.tambour.dispatch.internal.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of recipients, counted; each of them once.
 *
 * @param accepted the service took it
 * @param gone they are there no more
 * @param failures who was refused for good, or given up, and why
 * @param expired the end came first
 * @param unknown it may have arrived, nobody can tell
 * @param stopped not sent, since something newer took its place, or they wanted it no more when their turn came again
 * @param first when the first was accepted
 * @param last when the last was accepted
 * @param delays of those accepted
 */
public record Tally(
        long accepted,
        long gone,
        Failures failures,
        long expired,
        long unknown,
        long stopped,
        @Nullable Instant first,
        @Nullable Instant last,
        Delays delays) {

    public static final Tally NONE = new Tally(0, 0, Failures.NONE, 0, 0, 0, null, null, Delays.NONE);

    public static Tally accepted(long count, @Nullable Instant first, @Nullable Instant last, Delays delays) {
        return new Tally(count, 0, Failures.NONE, 0, 0, 0, first, last, delays);
    }

    public static Tally expired(long count) {
        return new Tally(0, 0, Failures.NONE, count, 0, 0, null, null, Delays.NONE);
    }

    public static Tally unknown(long count) {
        return new Tally(0, 0, Failures.NONE, 0, count, 0, null, null, Delays.NONE);
    }

    public static Tally stopped(long count) {
        return new Tally(0, 0, Failures.NONE, 0, 0, count, null, null, Delays.NONE);
    }

    public static Tally gone(long count) {
        return new Tally(0, count, Failures.NONE, 0, 0, 0, null, null, Delays.NONE);
    }

    /** @param reason in a word */
    public static Tally failed(String reason) {
        return new Tally(0, 0, Failures.one(reason), 0, 0, 0, null, null, Delays.NONE);
    }

    public Tally plus(Tally more) {
        return new Tally(
                accepted + more.accepted,
                gone + more.gone,
                failures.plus(more.failures),
                expired + more.expired,
                unknown + more.unknown,
                stopped + more.stopped,
                earlier(first, more.first),
                later(last, more.last),
                delays.plus(more.delays));
    }

    /** All who are accounted for. */
    public long total() {
        return accepted + gone + failed() + expired + unknown + stopped;
    }

    public long failed() {
        return failures.count();
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
