package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction may write. Every method belongs into a transaction of its own, or into one with others of its kind;
 * what it returns counts only once that is committed.
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
                new Event.Seen(part(ledger, true, look.emergency()), part(ledger, false, look.ordinary()));
            case Order.Take take -> new Event.Took(take.ref(), take.ordered(), take(ledger, take.ref()));
            case Order.Settle settle -> {
                settle(ledger, settle.page(), settle.result());
                yield new Event.Settled(settle.page());
            }
            case Order.SettleLate late -> {
                settleLate(ledger, late.page(), late.key(), late.result());
                yield new Event.Woke(false);
            }
            case Order.Answering answering -> new Event.Due(ledger.answering(answering.origins()));
        };
    }

    /** However many wait for something, what is behind them is found as the looks go on. */
    private Event.Seen.Part part(Ledger ledger, boolean emergency, @Nullable OpenDispatch after) {
        List<OpenDispatch> found = ledger.unsettled(emergency, after, policy.seen());
        return new Event.Seen.Part(
                found.stream()
                        .filter(dispatch -> dispatch.isReady(ledger.now()))
                        .toList(),
                found.size() < policy.seen() ? null : found.getLast());
    }

    /** Takes the next page of a dispatch, or accounts for those to whom nothing is sent any more. */
    private Taken take(Ledger ledger, Ref ref) {
        OpenDispatch dispatch = ledger.dispatch(ref).orElse(null);
        // Not before the dispatch is held: that may have taken a while.
        Instant now = ledger.now();
        if (dispatch == null || dispatch.wound() != null) {
            return new Taken.Finished();
        }
        LongFunction<Tally> ending = ending(dispatch, now);
        if (ending == null && !dispatch.isDue(now)) {
            return new Taken.Nothing(Duration.between(now, dispatch.notBefore()));
        }
        if (ending == null && dispatch.held()) {
            return new Taken.Nothing(policy.look().multipliedBy(4));
        }
        if (ending == null && ledger.olderUnderWay(dispatch)) {
            return new Taken.Nothing(policy.look());
        }
        List<Slice> unfinished = ledger.unfinished(ref);
        return ending == null
                ? carry(ledger, dispatch, unfinished, now)
                : windUp(ledger, dispatch, unfinished, ending, now);
    }

    /** As what everybody is counted who was not told yet; null while they may be told. */
    private static @Nullable LongFunction<Tally> ending(OpenDispatch dispatch, Instant now) {
        if (dispatch.state() == State.STOPPED) {
            return Tally::stopped;
        }
        return dispatch.over(now) ? Tally::expired : null;
    }

    private Taken carry(Ledger ledger, OpenDispatch dispatch, List<Slice> unfinished, Instant now) {
        // Where all wait for their next attempt there is nothing to do sooner, but for what another node leaves.
        Instant again = now.plus(policy.nap());
        for (Slice slice : unfinished) {
            if (!slice.free(now, policy.lease())) {
                again = earlier(again, slice.leasedUntil());
                continue;
            }
            if (slice.ofRetries()) {
                Slice retries = believed(ledger, slice, now);
                Optional<Instant> next = ledger.nextRetry(dispatch.ref());
                if (next.isPresent() && next.get().isAfter(now)) {
                    again = earlier(again, next.get());
                } else if (next.isPresent()) {
                    return retryPage(ledger, dispatch, retries, now);
                }
            } else {
                Optional<Taken> begun = page(ledger, dispatch, slice, now);
                if (begun.isPresent()) {
                    return begun.get();
                }
            }
        }
        return dispatch.frontier() < dispatch.upper()
                ? cutPage(ledger, dispatch, now)
                : finishedOr(ledger, dispatch, again, now);
    }

    /** The first page of the next slice in which there is somebody: of a narrow audience most have none. */
    private Taken cutPage(Ledger ledger, OpenDispatch whole, Instant now) {
        OpenDispatch dispatch = whole;
        for (int looked = 0;
                looked < policy.windSize() && dispatch.frontier() < dispatch.upper();
                looked += policy.sliceSize()) {
            OpenDispatch cut = cut(ledger, dispatch, policy.sliceSize());
            Optional<Taken> begun = page(ledger, cut, Slice.cut(cut.ref(), dispatch.frontier(), cut.frontier()), now);
            if (begun.isPresent()) {
                return begun.get();
            }
            dispatch = cut;
        }
        return new Taken.Wound();
    }

    /** Cuts the next slice off what no slice covers yet. */
    private static OpenDispatch cut(Ledger ledger, OpenDispatch dispatch, int size) {
        long to = ledger.boundary(dispatch, dispatch.frontier(), dispatch.upper(), size);
        OpenDispatch cut = dispatch.cutTo(to);
        ledger.put(cut);
        return cut;
    }

    /** Begins the next page of a slice, or the same once more whose holder is gone; empty where nobody is left in it. */
    private Optional<Taken> page(Ledger ledger, OpenDispatch dispatch, Slice slice, Instant now) {
        Slice free = slice;
        if (free.underWay() && !ledger.repeatable(dispatch)) {
            free = free.settle(free.begun(), Tally.unknown(ledger.count(dispatch, free.cursor(), free.begun())));
        }
        long limit = free.underWay() ? free.begun() : free.to();
        // What is repeated is repeated as a whole, whoever of its range came since: a slice has ten pages at most.
        int size = free.underWay() ? Integer.MAX_VALUE : policy.pageSize();
        List<Recipient> recipients = ledger.recipients(dispatch, free.cursor(), limit, size);
        long upTo = recipients.size() < size ? limit : recipients.getLast().key();
        if (recipients.isEmpty()) {
            Slice passed = free.settle(upTo, Tally.NONE);
            ledger.put(passed);
            return passed.done() ? Optional.empty() : page(ledger, dispatch, passed, now);
        }
        Slice begun = free.begin(upTo, now.plus(policy.lease()));
        ledger.put(begun);
        Set<Long> inDoubt = free.underWay() ? keys(recipients) : Set.of();
        return Optional.of(new Taken.Begun(
                new Page(dispatch, begun.number(), begun.fence(), upTo, recipients, Map.of(), inDoubt)));
    }

    /**
     * Where a clock was set back since, whoever was put off before is due: for how much longer they were to wait nobody knows. Whoever
     * is due soon may have been put off since: their answer is still waited for.
     */
    private Slice believed(Ledger ledger, Slice retries, Instant now) {
        if (!retries.wasPutOffLater(now, policy.lease())) {
            return retries;
        }
        ledger.due(retries.ref(), now.plus(policy.answer()));
        Slice since = retries.putOffBy(now);
        ledger.put(since);
        return since;
    }

    private Taken retryPage(Ledger ledger, OpenDispatch dispatch, Slice slice, Instant now) {
        List<Retry> due = ledger.retries(dispatch.ref(), true, policy.pageSize());
        Tally before = Tally.NONE;
        if (!ledger.repeatable(dispatch)) {
            List<Retry> unknown = due.stream().filter(Retry::mayHaveArrived).toList();
            ledger.remove(dispatch.ref(), unknown.stream().map(Retry::key).toList());
            before = before.plus(
                    Tally.unknown(unknown.stream().mapToInt(Retry::size).sum()));
            due = due.stream().filter(retry -> !retry.mayHaveArrived()).toList();
        }
        List<Recipient> recipients = ledger.recipients(
                dispatch, due.stream().flatMap(Retry::keys).sorted().toList());
        Set<Long> there = keys(recipients);
        Map<Boolean, List<Retry>> present = due.stream()
                .flatMap(Retry::each)
                .collect(Collectors.partitioningBy(retry -> there.contains(retry.key())));
        List<Retry> begins = present.get(true);
        ledger.put(due.stream()
                .flatMap(retry -> retry.who(there).stream())
                .map(Retry::begin)
                .toList());
        before = before.plus(absent(ledger, dispatch, present.get(false), now));
        Slice looked = slice.putOff(now);
        if (recipients.isEmpty()) {
            ledger.put(looked.settle(slice.cursor(), before));
            return new Taken.Wound();
        }
        Slice begun = looked.add(before).begin(slice.begun(), now.plus(policy.lease()));
        ledger.put(begun);
        Map<Long, Integer> attempts = begins.stream().collect(Collectors.toMap(Retry::key, Retry::attempts));
        Set<Long> inDoubt =
                begins.stream().filter(Retry::mayHaveArrived).map(Retry::key).collect(Collectors.toSet());
        return new Taken.Begun(
                new Page(dispatch, begun.number(), begun.fence(), begun.begun(), recipients, attempts, inDoubt));
    }

    private static Set<Long> keys(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::key).collect(Collectors.toSet());
    }

    /** Of those who are not found: who is there no more, and who wants it no more. Who is about to come back is put off. */
    private Tally absent(Ledger ledger, OpenDispatch dispatch, List<Retry> absent, Instant now) {
        if (absent.isEmpty()) {
            return Tally.NONE;
        }
        List<Long> keys = absent.stream().map(Retry::key).toList();
        Set<Long> known = ledger.known(dispatch, keys);
        Set<Long> away = ledger.away(dispatch, keys);
        ledger.remove(dispatch.ref(), keys);
        ledger.put(absent.stream()
                .filter(retry -> away.contains(retry.key()))
                .map(retry -> retry.away(now.plus(policy.nap())))
                .toList());
        return absent.stream()
                .filter(retry -> !away.contains(retry.key()))
                .map(retry -> !known.contains(retry.key())
                        ? Tally.gone(1)
                        : retry.mayHaveArrived() ? Tally.unknown(1) : Tally.stopped(1))
                .reduce(Tally.NONE, Tally::plus);
    }

    /** Nothing leaves any more: whoever is left is accounted for, some at a time. */
    private Taken windUp(
            Ledger ledger, OpenDispatch dispatch, List<Slice> unfinished, LongFunction<Tally> ending, Instant now) {
        Instant again = now.plus(policy.lease());
        for (Slice slice : unfinished) {
            if (!slice.free(now, policy.lease())) {
                again = earlier(again, slice.leasedUntil());
            } else if (!slice.ofRetries()) {
                windUp(ledger, dispatch, slice, ending);
                return new Taken.Wound();
            } else if (windUpRetries(ledger, dispatch, slice, ending)) {
                return new Taken.Wound();
            }
        }
        if (dispatch.frontier() < dispatch.upper()) {
            OpenDispatch cut = cut(ledger, dispatch, policy.windSize());
            windUp(ledger, cut, Slice.cut(cut.ref(), dispatch.frontier(), cut.frontier()), ending);
            return new Taken.Wound();
        }
        return finishedOr(ledger, dispatch, again, now);
    }

    private static void windUp(Ledger ledger, OpenDispatch dispatch, Slice slice, LongFunction<Tally> ending) {
        if (slice.underWay()) {
            // Its holder is gone: whom the page reached, nobody can tell.
            long reached = ledger.count(dispatch, slice.cursor(), slice.begun());
            ledger.missed(dispatch, slice.cursor(), slice.begun());
            ledger.put(slice.settle(slice.begun(), Tally.unknown(reached)));
            return;
        }
        ledger.put(slice.settle(slice.to(), ending.apply(ledger.count(dispatch, slice.cursor(), slice.to()))));
    }

    private boolean windUpRetries(Ledger ledger, OpenDispatch dispatch, Slice slice, LongFunction<Tally> ending) {
        List<Retry> left = ledger.retries(dispatch.ref(), false, policy.windSize());
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

    private Taken finishedOr(Ledger ledger, OpenDispatch dispatch, Instant again, Instant now) {
        boolean left =
                ledger.unfinished(dispatch.ref()).stream().anyMatch(slice -> !slice.ofRetries() || slice.underWay())
                        || ledger.nextRetry(dispatch.ref()).isPresent();
        if (left) {
            return new Taken.Nothing(Duration.between(now, again));
        }
        ledger.put(dispatch.woundUp(now));
        return new Taken.Finished();
    }

    /** Writes what became of a page; nothing if the lease was lost, or the page is settled already. */
    private static void settle(Ledger ledger, Page page, PageResult result) {
        hold(ledger, page.ref());
        Slice slice = ledger.slice(page.ref(), page.slice()).orElse(null);
        if (slice == null || slice.fence() != page.fence() || !slice.underWay()) {
            return;
        }
        List<Long> keys = page.recipients().stream().map(Recipient::key).toList();
        Instant now = ledger.now();
        if (slice.ofRetries()) {
            ledger.remove(page.ref(), keys);
        } else if (!result.again().isEmpty()) {
            Slice retries = ledger.slice(page.ref(), Slice.RETRIES).orElseGet(() -> Slice.ofRetries(page.ref()));
            ledger.put(retries.putOff(now));
        }
        enterAgain(ledger, page, result);
        enterMissed(ledger, page, keys, result.tally());
        ledger.forget(page.dispatch(), result.gone());
        Slice settled = slice.settle(slice.ofRetries() ? slice.cursor() : page.upTo(), result.tally());
        ledger.put(
                slice.ofRetries() ? settled.putOff(now) : settled.reached(Math.max(slice.cursor(), result.reached())));
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
        enterAgain(ledger, page, result);
        enterMissed(ledger, page, List.of(key), result.tally());
        ledger.forget(page.dispatch(), result.gone());
        ledger.put(retries.add(result.tally()).putOff(ledger.now()));
    }

    private static void enterMissed(Ledger ledger, Page page, List<Long> keys, Tally tally) {
        if (tally.expired() + tally.stopped() > 0) {
            ledger.missed(page.dispatch(), keys);
        }
    }

    /** Before its slices, as by whoever takes a page: two nodes that hold rows in another order wait for each other for ever. */
    private static void hold(Ledger ledger, Ref ref) {
        ledger.dispatch(ref);
    }

    private static void enterAgain(Ledger ledger, Page page, PageResult result) {
        if (!result.again().isEmpty()) {
            ledger.put(Retry.of(page, result.again(), ledger.now()));
        }
    }
}
