package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Instant;
import java.util.List;

/** What the engine wants done. */
public sealed interface Order {

    /** Reads or writes the books: those of one moment may go into one transaction, in their order. */
    sealed interface Entry extends Order {}

    /** Look for what is not wound up. */
    record Look() implements Entry {}

    /** Reach for the next page of a dispatch; {@code ordered} is when, by this node's clock. */
    record Take(Ref ref, Instant ordered) implements Entry {}

    /** Write what became of a page. */
    record Settle(Page page, PageResult result) implements Entry {}

    /** Write what became of one recipient whose answer came after its page was settled. */
    record SettleLate(Page page, long key, int attempts, PageResult result) implements Entry {}

    /** Send to these, each of whom is answered for once. */
    record Send(Page page, List<Recipient> recipients) implements Order {}
}
