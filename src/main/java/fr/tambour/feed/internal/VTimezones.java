package fr.tambour.feed.internal;

import biweekly.component.DaylightSavingsTime;
import biweekly.component.Observance;
import biweekly.component.StandardTime;
import biweekly.component.VTimezone;
import biweekly.property.DateStart;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import biweekly.util.UtcOffset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** A zone's clock changes as a VTIMEZONE (RFC 5545 §3.6.5), from the JDK's own rules, for the years a calendar spans. */
final class VTimezones {

    private VTimezones() {}

    /** The changes that entries from {@code first} to {@code last} need: the one in force at first, and all up to last. */
    static VTimezone of(ZoneId zone, Instant first, Instant last) {
        ZoneRules rules = zone.getRules();
        VTimezone component = new VTimezone(zone.getId());
        ZoneOffset offset = rules.getOffset(first);
        ZoneOffsetTransition before = rules.previousTransition(first.plusNanos(1));
        if (before == null) {
            // A zone that had not changed yet: one observance since the beginning.
            observance(
                    component,
                    new StandardTime(),
                    LocalDateTime.of(first.atOffset(offset).getYear(), 1, 1, 0, 0),
                    offset,
                    offset);
        } else {
            add(component, rules, before);
        }
        for (ZoneOffsetTransition next = rules.nextTransition(first);
                next != null && !next.getInstant().isAfter(last);
                next = rules.nextTransition(next.getInstant())) {
            add(component, rules, next);
        }
        return component;
    }

    private static void add(VTimezone component, ZoneRules rules, ZoneOffsetTransition change) {
        Observance observance =
                rules.isDaylightSavings(change.getInstant()) ? new DaylightSavingsTime() : new StandardTime();
        observance(
                component, observance, change.getDateTimeBefore(), change.getOffsetBefore(), change.getOffsetAfter());
    }

    private static void observance(
            VTimezone component, Observance observance, LocalDateTime start, ZoneOffset from, ZoneOffset to) {
        observance.setDateStart(new DateStart(new ICalDate(
                new DateTimeComponents(
                        start.getYear(),
                        start.getMonthValue(),
                        start.getDayOfMonth(),
                        start.getHour(),
                        start.getMinute(),
                        start.getSecond(),
                        false),
                true)));
        observance.setTimezoneOffsetFrom(offset(from));
        observance.setTimezoneOffsetTo(offset(to));
        switch (observance) {
            case DaylightSavingsTime daylight -> component.addDaylightSavingsTime(daylight);
            case StandardTime standard -> component.addStandardTime(standard);
            default -> throw new IllegalStateException("Neither standard nor daylight time: " + observance.getClass());
        }
    }

    private static UtcOffset offset(ZoneOffset offset) {
        return new UtcOffset(Duration.ofSeconds(offset.getTotalSeconds()).toMillis());
    }
}
