package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What is written of a page, or of a late answer, seen from outside: all of it or, where somebody else has it by now, nothing. */
final class Settling {

    private static final Map<String, ToLongFunction<Tally>> COUNTS = Map.of(
            "accepted", Tally::accepted,
            "gone", Tally::gone,
            "failed", Tally::failed,
            "expired", Tally::expired,
            "unknown", Tally::unknown,
            "stopped", Tally::stopped);

    private final Page page;
    private final PageResult result;
    private final Set<Long> settled;
    private final long slice;
    private final Tally before;
    private final boolean ours;

    private Settling(Page page, PageResult result, Set<Long> settled, long slice, Tally before, boolean ours) {
        this.page = page;
        this.result = result;
        this.settled = settled;
        this.slice = slice;
        this.before = before;
        this.ours = ours;
    }

    /** About to be entered; null where nothing is settled. */
    static @Nullable Settling of(Ledger ledger, Order.Entry order) {
        return switch (order) {
            case Order.Settle settle -> of(ledger, settle);
            case Order.SettleLate late -> of(ledger, late);
            case Order.Look look -> null;
            case Order.Take take -> null;
            case Order.BringForward forward -> null;
        };
    }

    private static Settling of(Ledger ledger, Order.Settle settle) {
        Page page = settle.page();
        Slice slice = ledger.slice(page.ref(), page.lease().slice()).orElseThrow();
        Set<Long> keys =
                new HashSet<>(page.recipients().stream().map(Recipient::key).toList());
        boolean ours = slice.underWay() && slice.fence() == page.lease().fence();
        return new Settling(page, settle.result(), keys, page.lease().slice(), slice.tally(), ours);
    }

    private static Settling of(Ledger ledger, Order.SettleLate late) {
        Page page = late.page();
        Tally before = tally(ledger, page.ref(), Slice.RETRIES);
        boolean ours = ledger.retry(page.ref(), late.key())
                .filter(row -> row.inDoubt() && row.lease().equals(page.lease()))
                .isPresent();
        return new Settling(page, late.result(), Set.of(late.key()), Slice.RETRIES, before, ours);
    }

    private static Tally tally(Ledger ledger, Ref ref, long slice) {
        return ledger.slice(ref, slice).map(Slice::tally).orElse(Tally.NONE);
    }

    boolean isOurs() {
        return ours;
    }

    Page page() {
        return page;
    }

    /** Who has missed what was to tell them. */
    Set<Long> missed() {
        return ours ? Set.copyOf(result.missed()) : Set.of();
    }

    /** Nobody's attempts and doubts become another's with whom they are put off together. */
    private void checkWhomItStandsFor(Retry row) {
        result.again().stream()
                .filter(again -> row.keys().anyMatch(key -> key == again.key()))
                .filter(again -> again.attempts() != row.attempts() || again.inDoubt() != row.inDoubt())
                .forEach(again -> {
                    throw new AssertionError("%s is put off as %s".formatted(again, row));
                });
    }

    /** It is entered. */
    void check(Ledger ledger, SimTowns towns) {
        Tally after = tally(ledger, page.ref(), slice);
        COUNTS.forEach((name, count) -> {
            long more = ours ? count.applyAsLong(result.tally()) : 0;
            if (count.applyAsLong(after) != count.applyAsLong(before) + more) {
                throw new AssertionError("%s counts %s: %s and %s make %s"
                        .formatted(page.ref(), name, before, ours ? result.tally() : "nothing", after));
            }
        });
        if (!ours) {
            return;
        }
        result.gone().stream()
                .filter(recipient -> !towns.left.contains((SimPhone) recipient))
                .forEach(recipient -> {
                    throw new AssertionError("%s is gone, and still there".formatted(recipient));
                });
        List<Long> again =
                result.again().stream().map(PageResult.Again::key).sorted().toList();
        ledger.retries(page.ref(), Integer.MAX_VALUE).forEach(this::checkWhomItStandsFor);
        List<Long> waiting = ledger.retries(page.ref(), Integer.MAX_VALUE).stream()
                .flatMap(Retry::keys)
                .filter(settled::contains)
                .sorted()
                .toList();
        if (!again.equals(waiting)) {
            throw new AssertionError("%s has %s tried again, and %s wait".formatted(page.ref(), again, waiting));
        }
    }
}
