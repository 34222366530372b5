package fr.tambour.notice;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time as a person writes it, on the town's clock.
 *
 * @param local to the minute where a person wrote it
 * @param offset which of the two, on the night that has this time twice; otherwise without effect
 */
public record WallTime(LocalDateTime local, @Nullable ZoneOffset offset) {

    public static WallTime of(LocalDateTime local) {
        return new WallTime(local, null);
    }

    public static WallTime of(Instant instant, ZoneId zone) {
        return new WallTime(
                LocalDateTime.ofInstant(instant, zone), zone.getRules().getOffset(instant));
    }

    /** What a wall time turns out to be on a town's clock. */
    public sealed interface Resolution {
        /** One instant. */
        record Once(Instant instant) implements Resolution {}

        /** The clock jumps over it, from {@code before} straight to {@code after}. */
        record Missing(LocalDateTime before, LocalDateTime after) implements Resolution {}

        /** It comes twice and nobody has said which is meant. */
        record Twice(ZoneOffset earlier, ZoneOffset later) implements Resolution {}
    }

    /** What it is in {@code zone}, nothing supposed. */
    public Resolution resolve(ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            var gap = zone.getRules().getTransition(local);
            return new Resolution.Missing(gap.getDateTimeBefore(), gap.getDateTimeAfter());
        }
        if (offsets.size() == 1) {
            return new Resolution.Once(local.toInstant(offsets.getFirst()));
        }
        if (offset != null && offsets.contains(offset)) {
            return new Resolution.Once(local.toInstant(offset));
        }
        return new Resolution.Twice(offsets.getFirst(), offsets.getLast());
    }

    /**
     * The instant meant; where nobody was asked, as RFC 5545 §3.3.5 says, and so every calendar program: the earlier of two, and
     * in a gap the offset before it (2:30 is 3:30). A check asks about every time that is typed; only a later occurrence of a
     * repeated event is not asked about.
     */
    public Instant instant(ZoneId zone) {
        return switch (resolve(zone)) {
            case Resolution.Once once -> once.instant();
            case Resolution.Missing missing -> local.atZone(zone).toInstant();
            case Resolution.Twice twice -> local.toInstant(twice.earlier());
        };
    }
}
