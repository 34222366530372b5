package fr.tambour.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is moved, or set going. Its copies for other zones move with it. */
public final class TestClock extends Clock {

    /** A Tuesday morning, well inside a year and away from any change of the clocks. */
    public static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

    private final AtomicReference<Hands> hands;
    private final ZoneId zone;

    /** @param fast how far ahead of the machine's clock it goes; null while it stands still */
    private record Hands(Instant at, @Nullable Duration fast) {

        Instant now() {
            return fast == null ? at : Instant.now().plus(fast);
        }
    }

    public TestClock() {
        this(new AtomicReference<>(new Hands(START, null)), ZoneOffset.UTC);
    }

    private TestClock(AtomicReference<Hands> hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    public Instant moveTo(Instant instant) {
        hands.set(new Hands(instant, null));
        return instant;
    }

    public Instant advance(Duration duration) {
        return hands.updateAndGet(was -> new Hands(was.now().plus(duration), null))
                .at();
    }

    /** From now on it goes as the machine's own does, this far ahead of it. */
    public void go(Duration ahead) {
        hands.set(new Hands(START, ahead));
    }

    @Override
    public Instant instant() {
        return hands.get().now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(hands, other);
    }
}
