package fr.tambour.desk.studio;

import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Times as a colleague would say them: « hier, 16 h 20 », « lundi », « jeudi 26 novembre, 9 h ». */
final class Moments {

    private static final int DAYS_NAMED = 6;

    private final Words words;
    private final ZoneId zone;
    private final LocalDate today;

    Moments(Words words, ZoneId zone, Instant now) {
        this.words = words;
        this.zone = zone;
        this.today = now.atZone(zone).toLocalDate();
    }

    /** Of something that has happened; the hour matters for a day only. */
    String past(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        long days = ChronoUnit.DAYS.between(local.toLocalDate(), today);
        if (days <= 0) {
            return words.get("desk.home.at", time(local));
        }
        if (days == 1) {
            return words.get("desk.home.yesterday", time(local));
        }
        return days <= DAYS_NAMED ? words.weekday(local.toLocalDate()) : words.date(local.toLocalDate(), today);
    }

    /** Of something that will happen: the hour always matters. */
    String coming(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        long days = ChronoUnit.DAYS.between(today, local.toLocalDate());
        if (days <= 0) {
            return words.get("desk.home.today", time(local));
        }
        if (days == 1) {
            return words.get("desk.home.tomorrow", time(local));
        }
        return words.get("desk.home.day", words.day(local.toLocalDate(), today), time(local));
    }

    /** Of something that will be over: an exclusive midnight is the evening before. */
    String end(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return Words.closedDay(local.toLocalDateTime())
                .map(last -> evening(last, local))
                .orElseGet(() -> coming(at));
    }

    private String evening(LocalDate last, ZonedDateTime end) {
        if (!last.isAfter(today)) {
            return words.get("desk.home.this-evening");
        }
        return last.equals(today.plusDays(1)) ? words.get("desk.home.tomorrow-evening") : words.end(end, today);
    }

    private String time(ZonedDateTime local) {
        return words.time(LocalTime.of(local.getHour(), local.getMinute()));
    }
}
