package fr.tambour.notice;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The days on which an event takes place. Occurrences keep their wall time across a change of clocks, as RFC 5545
 * §3.3.10 asks of a rule with a time zone.
 */
public final class Occurrences {

    /** A repeat is cut here, whatever its last day: two years of a daily event. */
    public static final int MOST = 750;

    /** One time that it takes place; {@code end} equals {@code start} where no end is said. */
    public record Occurrence(Instant start, Instant end) {}

    private Occurrences() {}

    /** All occurrences in order, {@value #MOST} at most; empty while the start is not said. */
    public static List<Occurrence> of(Event event, ZoneId zone) {
        return between(event, zone, LocalDate.MIN, LocalDate.MAX);
    }

    /**
     * Those that take place on some day from {@code from} to {@code to}, both included, also where they began earlier.
     * Earlier days are counted but not made, later ones not even counted.
     */
    public static List<Occurrence> between(Event event, ZoneId zone, LocalDate from, LocalDate to) {
        if (event.start() == null) {
            return List.of();
        }
        LocalDateTime first = event.start().local();
        Repeat repeat = event.repeat();
        long lasts = event.end() == null
                ? 0
                : ChronoUnit.DAYS.between(
                        first.toLocalDate(), event.end().local().toLocalDate());
        if (repeat == null || repeat.last() == null) {
            return first.toLocalDate().plusDays(lasts).isBefore(from)
                            || first.toLocalDate().isAfter(to)
                    ? List.of()
                    : List.of(occurrence(event, first, zone));
        }
        LocalDate last = repeat.last().isBefore(to) ? repeat.last() : to;
        int counted = 0;
        List<Occurrence> all = new ArrayList<>();
        for (int step = 0; counted < MOST && step < 10 * MOST; step++) {
            LocalDate day = first.toLocalDate().plus(period(repeat.frequency(), step));
            if (day.isAfter(last)) {
                break;
            }
            // plusMonths shortens 31 January to 28 February: RFC 5545 skips such a month.
            boolean exists =
                    repeat.frequency() != Repeat.Frequency.MONTHLY || day.getDayOfMonth() == first.getDayOfMonth();
            if (exists && !repeat.except().contains(day)) {
                counted++;
                if (!day.plusDays(lasts).isBefore(from)) {
                    all.add(occurrence(event, day.atTime(first.toLocalTime()), zone));
                }
            }
        }
        return all;
    }

    /** The days on which the occurrences of a repeated event begin; none where it does not come back. */
    public static Set<LocalDate> days(@Nullable Event event, ZoneId zone) {
        return event == null || event.repeat() == null
                ? Set.of()
                : of(event, zone).stream()
                        .map(occurrence -> LocalDate.ofInstant(occurrence.start(), zone))
                        .collect(Collectors.toSet());
    }

    private static Period period(Repeat.Frequency frequency, int step) {
        return switch (frequency) {
            case DAILY -> Period.ofDays(step);
            case WEEKLY -> Period.ofWeeks(step);
            case MONTHLY -> Period.ofMonths(step);
        };
    }

    private static Occurrence occurrence(Event event, LocalDateTime start, ZoneId zone) {
        // An offset answers for the one night that was asked about.
        boolean asked = start.equals(Objects.requireNonNull(event.start()).local());
        Instant begins = (asked ? event.start() : WallTime.of(start)).instant(zone);
        WallTime end = event.end();
        if (end == null) {
            Instant ends = event.allDay()
                    ? start.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant()
                    : begins;
            return new Occurrence(begins, ends);
        }
        LocalDateTime ends = start.plus(Duration.between(event.start().local(), end.local()));
        return new Occurrence(begins, (asked ? end : WallTime.of(ends)).instant(zone));
    }
}
