package fr.tambour.dispatch.internal.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * A range of a dispatch's recipients: what is leased, and where its checkpoint stands. Nodes take its pages one after the other;
 * those of different slices go on at the same time.
 *
 * <p>A page {@link #begin begins} under a lease with a fence of its own, and whoever holds that lease {@link #settle settles} it,
 * which gives the slice back. Where a lease runs out first the slice is {@link #isFree free} with the page still under way:
 * whoever takes it then takes that page over, under the next fence.
 *
 * @param number its first key's predecessor; {@value #RETRIES} for those who are to be tried again
 * @param to the last key
 * @param cursor up to which everybody is accounted for
 * @param begun the last key of the page under way; the cursor where none is
 * @param sent the last key of any page that began to leave, and of a settled one of whoever may have left: whom this slice may
 *     have reached
 * @param underWay whether a page began and is not settled
 * @param fence of its latest lease
 * @param leasedUntil when that runs out
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

    /** The slice of those who are to be tried again: it has no range, its {@link Retry rows} say who is in it. */
    public static final long RETRIES = -1;

    static Slice cut(Ref ref, long from, long to) {
        return new Slice(ref, from, to, from, from, from, false, 0, Instant.EPOCH, Instant.EPOCH, false, Tally.NONE);
    }

    static Slice ofRetries(Ref ref) {
        return cut(ref, RETRIES, RETRIES);
    }

    boolean isOfRetries() {
        return number == RETRIES;
    }

    Lease lease() {
        return new Lease(number, fence);
    }

    /**
     * Whether it may be leased. A lease that ends much later than any lease can was made before a clock was set back: it is not
     * believed. Somewhat later it may: its transaction looked at the clock while ours, which looked earlier, waited for it.
     */
    boolean isFree(Instant now, Duration lease) {
        return !now.isBefore(leasedUntil) || leasedUntil.isAfter(now.plus(lease.multipliedBy(2)));
    }

    /** Whether the page that began under this lease may still be settled: nobody has taken it over, and it is not settled yet. */
    boolean isHeldUnder(Lease lease) {
        return underWay && fence == lease.fence();
    }

    /** A page begins that ends with {@code upTo}, under a lease of its own. */
    Slice begin(long upTo, Instant until) {
        return new Slice(
                ref, number, to, cursor, upTo, Math.max(sent, upTo), true, fence + 1, until, putOffAt, done, tally);
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
                !isOfRetries() && key >= to,
                tally.plus(more));
    }

    /** Who was in its last page and did not leave with it, nor will, counts as nobody whom it may have reached. */
    Slice reached(long key) {
        return with(key, putOffAt, tally);
    }

    Slice add(Tally more) {
        return with(sent, putOffAt, tally.plus(more));
    }

    /** Somebody of it was: what was written before a clock was set back is still to be seen. */
    Slice putOff(Instant at) {
        return at.isAfter(putOffAt) ? putOffBy(at) : this;
    }

    /** Nobody of it was put off later. */
    Slice putOffBy(Instant at) {
        return with(sent, at, tally);
    }

    private Slice with(long sent, Instant putOffAt, Tally tally) {
        return new Slice(ref, number, to, cursor, begun, sent, underWay, fence, leasedUntil, putOffAt, done, tally);
    }

    /** Whether that was before a clock was set back: then nothing tells who is due. Somewhat later it may be, as a lease. */
    boolean wasPutOffLater(Instant now, Duration lease) {
        return putOffAt.isAfter(now.plus(lease.multipliedBy(2)));
    }
}
