package fr.tambour.dispatch.internal.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A range of a dispatch's recipients: what is leased, and where its checkpoint stands.
 *
 * @param number its first key's predecessor; {@value #RETRIES} for those who are to be tried again
 * @param to the last key
 * @param cursor up to which everybody is accounted for
 * @param begun the last key of the page under way; the cursor where none is
 * @param sent the last key of any page that began to leave, and of a settled one of whoever may have left: whom this slice may
 *     have reached
 * @param underWay whether a page began and is not settled
 * @param fence raised by each lease: who holds an older one writes nothing any more
 * @param leasedUntil when the lease runs out; what is past is free
 * @param putOffAt of those who are to be tried again: when somebody was put off last
 * @param done whether everybody in it is accounted for, those to be tried again aside
 */
public record Slice(
        Ref ref,
        long number,
        long to,
        long cursor,
        long begun,
        long sent,
        boolean underWay,
        long fence,
        Instant leasedUntil,
        Instant putOffAt,
        boolean done,
        Tally tally) {

    /** The slice of those who are to be tried again: it has no range. */
    public static final long RETRIES = -1;

    static Slice cut(Ref ref, long from, long to) {
        return new Slice(ref, from, to, from, from, from, false, 0, Instant.EPOCH, Instant.EPOCH, false, Tally.NONE);
    }

    static Slice ofRetries(Ref ref) {
        return cut(ref, RETRIES, RETRIES);
    }

    boolean ofRetries() {
        return number == RETRIES;
    }

    /**
     * A lease that ends much later than any lease can was made before a clock was set back: it is not believed. Somewhat later
     * it may: its transaction looked at the clock while ours, which looked earlier, waited for it.
     */
    boolean free(Instant now, Duration lease) {
        return !now.isBefore(leasedUntil) || leasedUntil.isAfter(now.plus(lease.multipliedBy(2)));
    }

    Slice begin(long upTo, Instant lease) {
        return new Slice(
                ref, number, to, cursor, upTo, Math.max(sent, upTo), true, fence + 1, lease, putOffAt, done, tally);
    }

    /** Everybody up to {@code key} is accounted for, and the lease is given back. */
    Slice settle(long key, Tally more) {
        return new Slice(
                ref,
                number,
                to,
                key,
                key,
                sent,
                false,
                fence,
                Instant.EPOCH,
                putOffAt,
                !ofRetries() && key >= to,
                tally.plus(more));
    }

    /** Who was in its last page and did not leave with it, nor will, counts as nobody whom it may have reached. */
    Slice reached(long key) {
        return new Slice(ref, number, to, cursor, begun, key, underWay, fence, leasedUntil, putOffAt, done, tally);
    }

    Slice add(Tally more) {
        return new Slice(
                ref, number, to, cursor, begun, sent, underWay, fence, leasedUntil, putOffAt, done, tally.plus(more));
    }

    /** Somebody of it was: what was written before a clock was set back is still to be seen. */
    Slice putOff(Instant at) {
        return at.isAfter(putOffAt) ? putOffBy(at) : this;
    }

    /** Nobody of it was put off later. */
    Slice putOffBy(Instant at) {
        return new Slice(ref, number, to, cursor, begun, sent, underWay, fence, leasedUntil, at, done, tally);
    }

    /** Whether that was before a clock was set back: then nothing tells who is due. Somewhat later it may be, as a lease. */
    boolean wasPutOffLater(Instant now, Duration lease) {
        return putOffAt.isAfter(now.plus(lease.multipliedBy(2)));
    }
}
