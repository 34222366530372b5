package fr.tambour.dispatch.internal.engine;

import static fr.tambour.dispatch.internal.engine.Times.earlier;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Begins the next page of a dispatch that may be sent: of those who are due to be tried again, of a slice that nobody holds, or
 * of the next slice that is cut off. A page whose holder is gone begins once more, with the same recipients.
 */
final class NextPage {

    private final Policy policy;
    private final Ledger ledger;
    private final Instant now;

    NextPage(Policy policy, Ledger ledger, Instant now) {
        this.policy = policy;
        this.ledger = ledger;
        this.now = now;
    }

    /** @param unfinished its slices in the order of their numbers: whoever is to be tried again comes first */
    Taken of(OpenDispatch dispatch, List<Slice> unfinished) {
        // Where all wait for their next attempt there is nothing to do sooner, but for what another node leaves.
        Instant again = now.plus(policy.nap());
        for (Slice slice : unfinished) {
            if (!slice.isFree(now, policy.lease())) {
                again = earlier(again, slice.leasedUntil());
            } else if (slice.isOfRetries()) {
                Slice retries = believed(slice);
                Optional<Instant> next = ledger.nextRetry(dispatch.ref());
                if (next.isPresent() && !next.get().isAfter(now)) {
                    return ofRetries(dispatch, retries);
                }
                again = earlier(again, next.orElse(again));
            } else {
                Optional<Taken> begun = ofSlice(dispatch, slice);
                if (begun.isPresent()) {
                    return begun.get();
                }
            }
        }
        return dispatch.frontier() < dispatch.upper()
                ? ofNextSlice(dispatch)
                : new Taken.Nothing(Duration.between(now, again));
    }

    /** The first page of the next slice in which there is somebody: of a narrow audience most have none. */
    private Taken ofNextSlice(OpenDispatch whole) {
        OpenDispatch dispatch = whole;
        int looked = 0;
        while (looked < policy.sizes().bulk() && dispatch.frontier() < dispatch.upper()) {
            Cut cut = Cut.next(ledger, dispatch, policy.sizes().slice());
            Optional<Taken> begun = ofSlice(cut.dispatch(), cut.slice());
            if (begun.isPresent()) {
                return begun.get();
            }
            dispatch = cut.dispatch();
            looked += policy.sizes().slice();
        }
        return new Taken.Accounted();
    }

    /** Begins the next page of a slice, or the same once more whose holder is gone; empty where nobody is left in it. */
    private Optional<Taken> ofSlice(OpenDispatch dispatch, Slice slice) {
        Slice free = slice;
        if (free.underWay() && !ledger.repeatable(dispatch)) {
            free = free.settle(free.begun(), Tally.unknown(ledger.count(dispatch, free.cursor(), free.begun())));
        }
        long limit = free.underWay() ? free.begun() : free.to();
        // What is repeated is repeated as a whole, whoever of its range came since: a slice has ten pages at most.
        int size = free.underWay() ? Integer.MAX_VALUE : policy.sizes().page();
        List<Recipient> recipients = ledger.recipients(dispatch, free.cursor(), limit, size);
        long upTo = recipients.size() < size ? limit : recipients.getLast().key();
        if (recipients.isEmpty()) {
            Slice passed = free.settle(upTo, Tally.NONE);
            ledger.put(passed);
            return passed.done() ? Optional.empty() : ofSlice(dispatch, passed);
        }
        Set<Long> inDoubt = free.underWay() ? keys(recipients) : Set.of();
        Slice begun = free.begin(upTo, now.plus(policy.lease()));
        ledger.put(begun);
        return Optional.of(new Taken.Begun(new Page(dispatch, begun.lease(), upTo, recipients, Map.of(), inDoubt)));
    }

    private static Set<Long> keys(List<Recipient> recipients) {
        return recipients.stream().map(Recipient::key).collect(Collectors.toSet());
    }

    /**
     * Where a clock was set back since, whoever was put off before is due: for how much longer they were to wait nobody knows. Whoever
     * is due soon may have been put off since: their answer is still waited for.
     */
    private Slice believed(Slice retries) {
        if (!retries.wasPutOffLater(now, policy.lease())) {
            return retries;
        }
        ledger.makeDue(retries.ref(), now.plus(policy.pacing().answer()));
        Slice since = retries.putOffBy(now);
        ledger.put(since);
        return since;
    }

    /** Begins a page of those who are due to be tried again, and accounts for those of them for whom it is of no use any more. */
    private Taken ofRetries(OpenDispatch dispatch, Slice slice) {
        List<Retry> due = ledger.dueRetries(dispatch.ref(), policy.sizes().page());
        Tally accounted = Tally.NONE;
        if (!ledger.repeatable(dispatch)) {
            accounted = unrepeatable(dispatch, due);
            due = due.stream().filter(retry -> !retry.mayHaveArrived()).toList();
        }
        List<Recipient> recipients = ledger.recipients(
                dispatch, due.stream().flatMap(Retry::keys).sorted().toList());
        Set<Long> there = keys(recipients);
        Map<Boolean, List<Retry>> found = due.stream()
                .flatMap(Retry::each)
                .collect(Collectors.partitioningBy(retry -> there.contains(retry.key())));
        ledger.put(due.stream()
                .flatMap(retry -> retry.who(there).stream())
                .map(Retry::begin)
                .toList());
        accounted = accounted.plus(absent(dispatch, found.get(false)));
        Slice looked = slice.putOff(now);
        if (recipients.isEmpty()) {
            ledger.put(looked.settle(slice.cursor(), accounted));
            return new Taken.Accounted();
        }
        Slice begun = looked.add(accounted).begin(slice.begun(), now.plus(policy.lease()));
        ledger.put(begun);
        return new Taken.Begun(again(dispatch, begun, recipients, found.get(true)));
    }

    private static Page again(OpenDispatch dispatch, Slice begun, List<Recipient> recipients, List<Retry> retries) {
        Map<Long, Integer> attempts = retries.stream().collect(Collectors.toMap(Retry::key, Retry::attempts));
        Set<Long> inDoubt =
                retries.stream().filter(Retry::mayHaveArrived).map(Retry::key).collect(Collectors.toSet());
        return new Page(dispatch, begun.lease(), begun.begun(), recipients, attempts, inDoubt);
    }

    /** Of those who are due: whom an attempt may have reached that must not be repeated. */
    private Tally unrepeatable(OpenDispatch dispatch, List<Retry> due) {
        List<Retry> unknown = due.stream().filter(Retry::mayHaveArrived).toList();
        ledger.remove(dispatch.ref(), unknown.stream().map(Retry::key).toList());
        return Tally.unknown(unknown.stream().mapToInt(Retry::size).sum());
    }

    /** Of those who are not found: who is there no more, and who wants it no more. Who is about to come back is put off. */
    private Tally absent(OpenDispatch dispatch, List<Retry> absent) {
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
}
