package fr.tambour.operations.internal.demonstration;

import fr.tambour.operations.internal.demonstration.DemoContent.DemoEvent;
import fr.tambour.operations.internal.demonstration.DemoContent.DemoNotice;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Objects;

/**
 * Where one notice's days fall, seen from today: season-bound ones move to the last occurrence of their calendar day, an
 * event moves on to its day of the week.
 *
 * @param shift added to every relative day of the notice
 * @param toWeekday added to the days of its event on top
 */
record DemoDates(LocalDate today, int shift, int toWeekday) {

    static DemoDates of(DemoNotice notice, LocalDate today) {
        int shift = notice.anchor() == null ? 0 : shift(notice, today);
        DemoEvent event = notice.event();
        if (event == null || event.weekday() == null) {
            return new DemoDates(today, shift, 0);
        }
        LocalDate start = today.plusDays(event.startDays() + (long) shift);
        LocalDate day = start.with(
                TemporalAdjusters.nextOrSame(DayOfWeek.valueOf(event.weekday().toUpperCase(Locale.ROOT))));
        return new DemoDates(today, shift, (int) ChronoUnit.DAYS.between(start, day));
    }

    /** The most recent occurrence of its day for which it is published, and withdrawn, no later than today. */
    private static int shift(DemoNotice notice, LocalDate today) {
        var anchor = Objects.requireNonNull(notice.anchor());
        MonthDay date = MonthDay.parse("--" + anchor.date());
        int latest = notice.publishedDaysAgo() == null ? 0 : -notice.publishedDaysAgo();
        if (notice.withdrawal() != null) {
            latest = Math.max(latest, -notice.withdrawal().daysAgo());
        }
        for (int year = today.getYear() + 1; ; year--) {
            int shift = (int) ChronoUnit.DAYS.between(today, date.atYear(year)) - anchor.baseDays();
            if (latest + shift <= 0) {
                return shift;
            }
        }
    }

    /** A day written as so many days ago. */
    LocalDate ago(int days) {
        return today.minusDays(days).plusDays(shift);
    }

    LocalDateTime ago(int days, String time) {
        return ago(days).atTime(LocalTime.parse(time));
    }

    /** A day of the event, written as so many days ahead. */
    LocalDate ahead(int days) {
        return today.plusDays(days + (long) shift + toWeekday);
    }
}
