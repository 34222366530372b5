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

    private final Clock present;
    private volatile @Nullable Instant fixed;

    /** @param present what it tells when it is not set back */
    public ReplayClock(Clock present) {
        this.present = present;
    }

    /** Stands still at {@code instant} until the next call. */
    public void set(Instant instant) {
        fixed = instant;
    }

    /** Tells the true time from now on. */
    public void release() {
        fixed = null;
    }

    /** The true time, wherever it was set back to. */
    public Instant present() {
        return present.instant();
    }

    @Override
    public Instant instant() {
        Instant replayed = fixed;
        return replayed == null ? present.instant() : replayed;
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
