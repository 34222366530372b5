package fr.tambour.notice.studio;

import fr.tambour.notice.WallTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times of a form, ISO 8601, as browsers send them whatever they show: {@code NAME.date}, {@code NAME.time},
 * {@code NAME.offset}, and {@code NAME.choice} where a change of clocks was asked about.
 */
record FormTimes(ZoneId zone) {

    static void write(FormFields form, String name, @Nullable WallTime time) {
        if (time != null) {
            form.put(name + ".date", time.local().toLocalDate());
            form.put(name + ".time", time.local().toLocalTime());
            if (time.offset() != null) {
                form.put(name + ".offset", time.offset());
            }
        }
    }

    /** Midnight where only a date is given. */
    @Nullable
    WallTime read(FormFields form, String name) {
        return read(form, name, LocalTime.MIDNIGHT);
    }

    /** A date without a time gets {@code alone}; the form then shows it, so that nobody is surprised. */
    @Nullable
    WallTime read(FormFields form, String name, LocalTime alone) {
        LocalDate day = date(form.get(name + ".date"));
        if (day == null) {
            return null;
        }
        LocalTime at = form.has(name + ".time") ? time(form.get(name + ".time")) : alone;
        return chosen(form, name, day.atTime(at));
    }

    /** The answer to a question about a change of clocks is an offset, or another time. */
    WallTime chosen(FormFields form, String name, LocalDateTime local) {
        String choice = form.get(name + ".choice");
        if (choice.contains("T")) {
            LocalDateTime other = FormFields.parsed(choice, LocalDateTime::parse);
            FormFields.parsed(other.toLocalDate().toString(), FormTimes::day);
            return WallTime.of(other);
        }
        String wanted = choice.isEmpty() ? form.get(name + ".offset") : choice;
        if (wanted.isEmpty()) {
            return WallTime.of(local);
        }
        ZoneOffset said = FormFields.parsed(wanted, ZoneOffset::of);
        List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
        return new WallTime(local, valid.size() > 1 && valid.contains(said) ? said : null);
    }

    static @Nullable LocalDate date(String text) {
        return text.isBlank() ? null : FormFields.parsed(text, FormTimes::day);
    }

    /** Years of four digits, so that no sum of days leaves the calendar. */
    private static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() < 1 || day.getYear() > 9999) {
            throw new DateTimeException("A year has four digits");
        }
        return day;
    }

    static LocalTime time(String text) {
        return FormFields.parsed(text, LocalTime::parse);
    }
}
