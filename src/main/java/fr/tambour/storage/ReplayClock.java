package fr.tambour.storage;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a demonstration: it is set back while the invented past is written, then runs as every clock. There is
 * none outside of a demonstration.
 */
public final class ReplayClock extends Clock {

    private volatile @Nullable Instant fixed;

    /** Stands still at {@code instant} until the next call. */
    public void set(Instant instant) {
        fixed = instant;
    }

    /** Tells the true time from now on. */
    public void release() {
        fixed = null;
    }

    @Override
    public Instant instant() {
        Instant replayed = fixed;
        return replayed == null ? Instant.now() : replayed;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Tambour asks for instants only");
    }
}
