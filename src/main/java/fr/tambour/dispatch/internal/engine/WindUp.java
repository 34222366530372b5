package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Winds up a dispatch of which nothing leaves any more, since it was stopped or its end has come: whoever is left is accounted
 * for, some at a time. What is still leased is waited for.
 */
final class WindUp {

    private final Policy policy;
    private final Ledger ledger;
    private final Instant now;
    private final LongFunction<Tally> ending;

    /** @param ending as what so many are counted whom nothing has reached */
    WindUp(Policy policy, Ledger ledger, Instant now, LongFunction<Tally> ending) {
        this.policy = policy;
        this.ledger = ledger;
        this.now = now;
        this.ending = ending;
    }

    Taken of(OpenDispatch dispatch, List<Slice> unfinished) {
        Instant again = now.plus(policy.lease());
        for (Slice slice : unfinished) {
            if (!slice.isFree(now, policy.lease())) {
                again = earlier(again, slice.leasedUntil());
            } else if (!slice.isOfRetries()) {
                range(dispatch, slice);
                return new Taken.Accounted();
            } else if (retries(dispatch, slice)) {
                return new Taken.Accounted();
            }
        }
        if (dispatch.frontier() < dispatch.upper()) {
            Cut cut = Cut.next(ledger, dispatch, policy.sizes().bulk());
            range(cut.dispatch(), cut.slice());
            return new Taken.Accounted();
        }
        return new Taken.Nothing(Duration.between(now, again));
    }

    private void range(OpenDispatch dispatch, Slice slice) {
        if (slice.underWay()) {
            // Its holder is gone: whom the page reached, nobody can tell.
            long reached = ledger.count(dispatch, slice.cursor(), slice.begun());
            ledger.missed(dispatch, slice.cursor(), slice.begun());
            ledger.put(slice.settle(slice.begun(), Tally.unknown(reached)));
            return;
        }
        ledger.put(slice.settle(slice.to(), ending.apply(ledger.count(dispatch, slice.cursor(), slice.to()))));
    }

    /** False where nobody is to be tried again. */
    private boolean retries(OpenDispatch dispatch, Slice slice) {
        List<Retry> left = ledger.retries(dispatch.ref(), policy.sizes().bulk());
        Tally tally = Tally.NONE;
        for (Retry retry : left) {
            tally = tally.plus(retry.mayHaveArrived() ? Tally.unknown(retry.size()) : ending.apply(retry.size()));
        }
        ledger.remove(dispatch.ref(), left.stream().map(Retry::key).toList());
        ledger.missed(dispatch, left.stream().flatMap(Retry::keys).toList());
        if (!left.isEmpty() || slice.underWay()) {
            ledger.put(slice.settle(slice.cursor(), tally));
        }
        return !left.isEmpty();
    }
}
