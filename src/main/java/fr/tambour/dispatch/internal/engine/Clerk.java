package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes in the books what the engine ordered. Each order belongs into a transaction of its own, or into one with others; the
 * event that it gives counts only once that is committed.
 *
 * <p>Three things keep the account right. A page begins in the transaction that looks whether its dispatch may still be
 * sent, so that none begins after a withdrawal or an end. It is settled only by the lease under which it began, and only
 * once. And the cursor moves in the transaction that writes what became of the page.
 */
public final class Clerk {

    private final Policy policy;

    public Clerk(Policy policy) {
        this.policy = policy;
    }

    /** Does what the engine ordered. */
    public Event enter(Ledger ledger, Order.Entry order) {
        return switch (order) {
            case Order.Look look ->
                new Event.Seen(seen(ledger, true, look.emergency()), seen(ledger, false, look.ordinary()));
            case Order.Take take -> new Event.Took(take.ref(), take.ordered(), take(ledger, take.ref()));
            case Order.Settle settle -> {
                settle(ledger, settle.page(), settle.result());
                yield new Event.Settled(settle.page());
            }
            case Order.SettleLate late -> {
                settleLate(ledger, late.page(), late.key(), late.result());
                yield new Event.SettledLate(late.page());
            }
            case Order.BringForward forward -> new Event.BroughtForward(ledger.bringForward(forward.origins()));
        };
    }

    /** However many wait for something, what is behind them is found as the looks go on. */
    private Event.Seen.Part seen(Ledger ledger, boolean emergency, @Nullable OpenDispatch after) {
        int limit = policy.looks().dispatches();
        List<OpenDispatch> found = ledger.unsettled(emergency, after, limit);
        return new Event.Seen.Part(
                found.stream()
                        .filter(dispatch -> dispatch.isReady(ledger.now()))
                        .toList(),
                found.size() < limit ? null : found.getLast());
    }

    /** Takes the next page of a dispatch, or accounts for those to whom nothing is sent any more. */
    private Taken take(Ledger ledger, Ref ref) {
        OpenDispatch dispatch = ledger.dispatch(ref).orElse(null);
        // Not before the dispatch is held: that may have taken a while.
        Instant now = ledger.now();
        if (dispatch == null || dispatch.settledAt() != null) {
            return new Taken.Finished();
        }
        LongFunction<Tally> ending = ending(dispatch, now);
        if (ending == null && !dispatch.isDue(now)) {
            return new Taken.Nothing(Duration.between(now, dispatch.notBefore()));
        }
        if (ending == null && dispatch.held()) {
            return new Taken.Nothing(policy.looks().every().multipliedBy(4));
        }
        if (ending == null && ledger.olderUnderWay(dispatch)) {
            return new Taken.Nothing(policy.looks().every());
        }
        List<Slice> unfinished = ledger.unfinished(ref);
        Taken taken = ending == null
                ? new NextPage(policy, ledger, now).of(dispatch, unfinished)
                : new WindUp(policy, ledger, now, ending).of(dispatch, unfinished);
        if (taken instanceof Taken.Nothing && !isAnybodyLeft(ledger, ref)) {
            ledger.put(dispatch.settled(now));
            return new Taken.Finished();
        }
        return taken;
    }

    /** As what everybody is counted who was not told yet; null while they may be told. */
    private static @Nullable LongFunction<Tally> ending(OpenDispatch dispatch, Instant now) {
        if (dispatch.state() == State.STOPPED) {
            return Tally::stopped;
        }
        return dispatch.isOver(now) ? Tally::expired : null;
    }

    private static boolean isAnybodyLeft(Ledger ledger, Ref ref) {
        return ledger.unfinished(ref).stream().anyMatch(slice -> !slice.isOfRetries() || slice.underWay())
                || ledger.nextRetry(ref).isPresent();
    }

    /** Writes what became of a page, and moves the cursor; nothing if the lease was lost, or the page is settled already. */
    private static void settle(Ledger ledger, Page page, PageResult result) {
        hold(ledger, page.ref());
        Slice slice = ledger.slice(page.ref(), page.lease().slice()).orElse(null);
        if (slice == null || !slice.isHeldUnder(page.lease())) {
            return;
        }
        if (slice.isOfRetries()) {
            ledger.remove(page.ref(), page.keys());
            enter(ledger, page, result);
            ledger.put(slice.settle(slice.cursor(), result.tally()).putOff(ledger.now()));
        } else {
            if (!result.again().isEmpty()) {
                Slice retries = ledger.slice(page.ref(), Slice.RETRIES).orElseGet(() -> Slice.ofRetries(page.ref()));
                ledger.put(retries.putOff(ledger.now()));
            }
            enter(ledger, page, result);
            ledger.put(slice.settle(page.upTo(), result.tally()).reached(Math.max(slice.cursor(), result.reached())));
        }
    }

    /**
     * Writes an answer that came after its page was settled; nothing if that recipient was tried again meanwhile, or is
     * accounted for.
     *
     * @param page in which it had left
     * @param result what became of this one recipient
     */
    private static void settleLate(Ledger ledger, Page page, long key, PageResult result) {
        hold(ledger, page.ref());
        Slice retries = ledger.slice(page.ref(), Slice.RETRIES).orElse(null);
        Retry waiting = ledger.retry(page.ref(), key).orElse(null);
        if (retries == null || waiting == null || !waiting.awaits(page.lease())) {
            return;
        }
        ledger.remove(page.ref(), List.of(key));
        enter(ledger, page, result);
        ledger.put(retries.add(result.tally()).putOff(ledger.now()));
    }

    /** Who of these is tried again, who missed it, and who is gone. */
    private static void enter(Ledger ledger, Page page, PageResult result) {
        if (!result.again().isEmpty()) {
            ledger.put(Retry.of(page, result.again(), ledger.now()));
        }
        ledger.missed(page.dispatch(), result.missed());
        ledger.forget(page.dispatch(), result.gone());
    }

    /** Before its slices, as by whoever takes a page: two nodes that hold rows in another order wait for each other for ever. */
    private static void hold(Ledger ledger, Ref ref) {
        ledger.dispatch(ref);
    }
}
