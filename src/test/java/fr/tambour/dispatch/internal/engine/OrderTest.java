package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes into one transaction. */
class OrderTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final PageResult NOTHING = new PageResult(Tally.NONE, List.of(), List.of(), List.of(), 0);

    private static Page page(long town, long dispatch) {
        OpenDispatch open = new OpenDispatch(
                new Ref(town, dispatch), 1, "phone", false, false, State.OPEN, 1, 0, NOW, NOW, null, false, null);
        return new Page(open, new Lease(0, 1), 1, List.of(), Map.of(), Set.of());
    }

    @Test
    void dispatchesAreHeldInOneOrderEachOneIsServedInItsOwnAndWhatOnlyLooksComesLast() {
        Order.Entry look = new Order.Look(null, null);
        Order.Entry take = new Order.Take(new Ref(1, 7), NOW);
        Order.Entry settle = new Order.Settle(page(1, 7), NOTHING);
        Order.Entry late = new Order.SettleLate(page(1, 3), 1, NOTHING, Instant.EPOCH);
        Order.Entry elsewhere = new Order.Take(new Ref(2, 1), NOW);

        assertThat(Order.Entry.inOrder(List.of(elsewhere, look, settle, late, take)))
                .containsExactly(late, settle, take, elsewhere, look);
        assertThat(Order.Entry.inOrder(List.of(take, settle))).containsExactly(take, settle);
    }
}
