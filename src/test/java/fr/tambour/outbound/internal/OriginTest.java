package fr.tambour.outbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundRequest;
import fr.tambour.testing.Await;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which connections one service is asked for. */
class OriginTest {

    private static final Limits LIMITS =
            new Limits(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5), 2, 2, 100);

    private final List<Origin.Opening> attempts = new ArrayList<>();
    private final Origin origin = new Origin(
            new Origin.Key(true, "push.example", 443, List.of(InetAddress.getLoopbackAddress())),
            LIMITS,
            Clock.systemUTC(),
            (from, opening) -> attempts.add(opening),
            () -> {});

    private final List<OutboundAnswer> told = new ArrayList<>();

    private void post() {
        OutboundRequest request = new OutboundRequest(URI.create("https://push.example/"), Map.of(), new byte[1], null);
        origin.post(new Exchange(
                "/", request, LIMITS, System.nanoTime() + LIMITS.whole().toNanos(), told::add));
    }

    /** Of which nothing comes by itself. */
    private interface StillLink extends Link {

        @Override
        default void flush() {}

        @Override
        default boolean stays() {
            return true;
        }

        @Override
        default void sweep(long now) {}

        @Override
        default void ended() {}

        @Override
        default void close() {}
    }

    /** Takes nothing for the moment. */
    private record Full() implements StillLink {

        @Override
        public boolean hasRoom(Exchange exchange) {
            return false;
        }

        @Override
        public void send(Exchange exchange) {
            throw new AssertionError("it has no room");
        }
    }

    /** Over which nothing can leave, or not all of it. */
    private static final class Short implements StillLink {

        private final boolean begins;
        private int tries;
        private boolean closed;

        Short(boolean begins) {
            this.begins = begins;
        }

        @Override
        public boolean hasRoom(Exchange exchange) {
            return !closed;
        }

        @Override
        public void send(Exchange exchange) {
            tries++;
            if (begins) {
                exchange.leaves();
            }
            throw new IllegalStateException("on purpose");
        }

        @Override
        public boolean stays() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void whatBeganToLeaveAndCannotIsAnsweredOnceItsConnectionClosedAndWhoComesBehindLeavesOverAnother() {
        post();
        Short bad = new Short(true);
        post();
        attempts.getFirst().carries(bad, false);

        assertThat(told).singleElement().isInstanceOf(OutboundAnswer.Unanswered.class);
        assertThat(bad.closed).isTrue();
        assertThat(attempts).as("another, for who comes behind").hasSize(2);

        attempts.getFirst().ends();
        List<Exchange> left = new ArrayList<>();
        attempts.getLast().carries(new Good(left), false);
        assertThat(left).hasSize(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void whatCannotEvenBeginToLeaveIsInNoDoubtItsConnectionStaysAndWhoComesBehindWaitsAMoment() {
        Short bad = new Short(false);
        post();
        post();
        post();
        attempts.getFirst().carries(bad, false);

        assertThat(told).singleElement().isInstanceOf(OutboundAnswer.Unreachable.class);
        assertThat(bad.closed).isFalse();
        assertThat(bad.tries).isOne();

        origin.sweep(System.nanoTime());
        assertThat(told).hasSize(2).hasOnlyElementsOfType(OutboundAnswer.Unreachable.class);
        assertThat(attempts).as("another would help as little").hasSize(1);
    }

    /** Takes everything. */
    private record Good(List<Exchange> left) implements StillLink {

        @Override
        public boolean hasRoom(Exchange exchange) {
            return true;
        }

        @Override
        public void send(Exchange exchange) {
            left.add(exchange);
        }
    }

    @Test
    void aServiceThatAllowsOneConnectionIsNotAskedForASecondOneWithoutPause() {
        post();
        attempts.getFirst().carries(new Full(), false);
        assertThat(attempts).as("a second one, since the first is full").hasSize(2);

        attempts.getLast().ends();
        origin.pump();
        assertThat(attempts).as("refused, and not asked for again at once").hasSize(2);

        Await.until(() -> {
            origin.sweep(System.nanoTime());
            return attempts.size() == 3;
        });
    }

    @Test
    void whereNoConnectionIsToBeHadWhoeverComesNextIsTriedForAtOnce() {
        post();
        attempts.getFirst().ends();
        assertThat(attempts).hasSize(1);

        post();
        assertThat(attempts).hasSize(2);
    }
}
