package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine wants done: written in the books, sent by a channel, or said in the log. */
public sealed interface Order {

    /** Reads or writes the books: those of one moment may go into one transaction, {@link #inOrder in order}. */
    sealed interface Entry extends Order {

        /** Behind every dispatch. */
        Ref LAST = new Ref(Long.MAX_VALUE, Long.MAX_VALUE);

        /**
         * By the dispatches that they hold until the transaction ends, so that two nodes hold them in the same order and none
         * waits for the other for ever; of one dispatch in the order given. What holds nothing, and waits for nobody, comes last.
         */
        static List<Entry> inOrder(List<Entry> together) {
            return together.stream().sorted(Comparator.comparing(Entry::held)).toList();
        }

        /** The dispatch that it holds; {@link #LAST} if it holds none. */
        static Ref held(Entry entry) {
            return switch (entry) {
                case Look look -> LAST;
                case BringForward forward -> LAST;
                case Take take -> take.ref();
                case Settle settle -> settle.page().ref();
                case SettleLate late -> late.page().ref();
            };
        }
    }

    /**
     * Look for dispatches that are not settled: some of the emergencies, and some of the others.
     *
     * @param emergency after which of the emergencies; null for the first
     * @param ordinary after which of the others; null for the first
     */
    record Look(@Nullable OpenDispatch emergency, @Nullable OpenDispatch ordinary) implements Entry {}

    /** Reach for the next page of a dispatch; {@code ordered} is when, by this node's clock. */
    record Take(Ref ref, Instant ordered) implements Entry {}

    /** Write what became of a page. */
    record Settle(Page page, PageResult result) implements Entry {}

    /**
     * Write what became of one recipient whose answer came after its page was settled; {@code answered} is when, by this
     * node's clock.
     */
    record SettleLate(Page page, long key, PageResult result, Instant answered) implements Entry {}

    /** Whoever waits for one of these origins is due: they answer again. */
    record BringForward(Set<String> origins) implements Entry {}

    /** Say that something went wrong in here with a page, which is left to its lease. */
    record Report(Page page, Throwable failure) implements Order {}

    /**
     * Send to these, each of whom is answered for once.
     *
     * @param permit to be asked as each leaves
     */
    record Send(Page page, List<Recipient> recipients, Permit permit) implements Order {}
}
