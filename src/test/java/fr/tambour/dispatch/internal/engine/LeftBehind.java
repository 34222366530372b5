package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom a dispatch has begun to tell that is about to be reached for, seen from outside: where nothing of it leaves any more, whoever
 * of them is not to be tried after that has missed it.
 */
final class LeftBehind {

    private final OpenDispatch dispatch;
    private final boolean ends;

    /** Whom a page that is under way is for, by its slice. */
    private final Map<Long, Set<Long>> underWay = new HashMap<>();

    /** Who is to be tried again. */
    private final Set<Long> waiting;

    LeftBehind(Ref ref, Ledger ledger) {
        this.dispatch = ledger.dispatch(ref).orElseThrow();
        this.ends = dispatch.state() == State.STOPPED || dispatch.isOver(ledger.now());
        this.waiting = ends ? waiting(ledger) : Set.of();
        if (ends) {
            pages(ledger)
                    .forEach((number, slice) -> underWay.put(
                            number,
                            ledger.recipients(dispatch, slice.cursor(), slice.begun(), Integer.MAX_VALUE).stream()
                                    .map(Recipient::key)
                                    .collect(Collectors.toSet())));
        }
    }

    OpenDispatch dispatch() {
        return dispatch;
    }

    private Set<Long> waiting(Ledger ledger) {
        return ledger.retries(dispatch.ref(), Integer.MAX_VALUE).stream()
                .flatMap(Retry::keys)
                .collect(Collectors.toSet());
    }

    private Map<Long, Slice> pages(Ledger ledger) {
        return ledger.unfinished(dispatch.ref()).stream()
                .filter(slice -> slice.underWay() && slice.number() != Slice.RETRIES)
                .collect(Collectors.toMap(Slice::number, slice -> slice));
    }

    /** It was reached for: who was in a page whose holder is gone. */
    Set<Long> ofPages(Ledger ledger) {
        Set<Long> still = underWay.isEmpty() ? Set.of() : pages(ledger).keySet();
        return underWay.entrySet().stream()
                .filter(page -> !still.contains(page.getKey()))
                .flatMap(page -> page.getValue().stream())
                .collect(Collectors.toSet());
    }

    /** It was reached for: who was to be tried again. */
    Set<Long> ofRetries(Ledger ledger) {
        Set<Long> gone = new HashSet<>(waiting);
        if (!gone.isEmpty()) {
            gone.removeAll(waiting(ledger));
        }
        return gone;
    }

    /** Whether it may go on, but for those it is to follow. */
    boolean mayGoOn(Ledger ledger) {
        return !ends && !dispatch.held() && dispatch.isDue(ledger.now());
    }

    /** Whether it is not known yet who has missed an older one, whoever has it under way. */
    static boolean isOpen(Ledger ledger, OpenDispatch older) {
        return !ledger.retries(older.ref(), 1).isEmpty()
                || ledger.unfinished(older.ref()).stream().anyMatch(Slice::underWay);
    }
}
