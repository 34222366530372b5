package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine is told. */
public sealed interface Event {

    /** Time has passed: some twenty times a second. */
    record Tick() implements Event {}

    /** Something was published here, or a person stepped in. */
    record Published() implements Event {}

    /** This node is about to stop: it reaches for nothing more. */
    record Leaving() implements Event {}

    /** What was found that is not settled. */
    record Seen(Part emergencies, Part ordinary) implements Event {

        /**
         * Of those of one sort, in their order, as many as one look takes in.
         *
         * @param ready who of them may have something to do
         * @param last after which the next look goes on; null where there are no more
         */
        public record Part(
                List<OpenDispatch> ready, @Nullable OpenDispatch last) {}
    }

    /**
     * What became of reaching for a dispatch's next page; it is committed.
     *
     * @param ordered when it was to be reached for, by this node's clock
     */
    record Took(Ref ref, Instant ordered, Taken taken) implements Event {}

    /** A page was settled, or somebody else has it by now; either is committed. */
    record Settled(Page page) implements Event {}

    /** A late answer is entered, or its recipient was tried again meanwhile; either is committed. */
    record SettledLate(Page page) implements Event {}

    /** Somebody of these dispatches is due who was to wait for longer; it is committed. */
    record BroughtForward(Set<Ref> dispatches) implements Event {}

    /** An order could not be carried out: nothing of it is in the books, as far as this node can tell. */
    record Failed(Order order) implements Event {}

    /** What is heard of those who have left: thousands of these a second. */
    sealed interface EnRoute extends Event {

        Page page();
    }

    /** All that is to be done here about an order is done: from now on it is its recipients' origins that take their time. */
    record HandedOver(Order.Send order) implements EnRoute {

        @Override
        public Page page() {
            return order.page();
        }
    }

    /** One of several messages for a recipient of a page that left was answered for, and another leaves. */
    record Heard(Page page, Recipient recipient) implements EnRoute {}

    /** What became of one recipient of a page that left. */
    record Answered(Page page, Recipient recipient, Outcome outcome) implements EnRoute {}
}
