package fr.tambour.notice;

import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Content.Repeat;
import fr.tambour.ui.Words;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When and where an event takes place, in one line of a language. */
public final class WhenAndWhere {

    /** A calendar program has them all; a sentence stays readable. */
    private static final int EXCEPTIONS_NAMED = 6;

    private WhenAndWhere() {}

    /** « Samedi 5 décembre 2026, de 20 h 30 à 22 h, Kiosque »; empty where that is not said, and for all that is no event. */
    public static Optional<String> of(Content content, ZoneId zone, Words here) {
        Event event = content.event();
        if (content.kind() != Kind.EVENT || event == null || event.start() == null) {
            return Optional.empty();
        }
        List<LocalDate> days = Occurrences.of(event, zone).stream()
                .map(occurrence -> occurrence.start().atZone(zone).toLocalDate())
                .toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        Repeat repeat = event.repeat();
        StringBuilder line = new StringBuilder(here.capital(
                repeat == null || days.size() == 1 ? days(event, days, here) : series(repeat, days, here)));
        if (!event.allDay()) {
            line.append(", ").append(hours(event.start(), event.end(), here));
        }
        if (!event.place().isBlank()) {
            line.append(", ").append(event.place());
        }
        return Optional.of(line.toString());
    }

    /** « mardi 1ᵉʳ décembre 2026 », « du samedi 5 décembre 2026 au dimanche 6 décembre 2026 ». */
    private static String days(Event event, List<LocalDate> days, Words here) {
        LocalDate first = days.getFirst();
        LocalDate last = first.plusDays(lasts(event));
        return last.equals(first)
                ? here.fullDay(first)
                : here.get("notice.when.days", here.fullDay(first), here.fullDay(last));
    }

    /** How many midnights it lasts over. The end is exclusive: midnight belongs to the day before. */
    private static long lasts(Event event) {
        WallTime start = event.start();
        WallTime end = event.end();
        if (start == null || end == null || !end.local().isAfter(start.local())) {
            return 0;
        }
        return ChronoUnit.DAYS.between(
                start.local().toLocalDate(), end.local().minusMinutes(1).toLocalDate());
    }

    /** « chaque mardi du 1ᵉʳ décembre 2026 au 20 avril 2027 (sauf 29 décembre 2026) ». */
    private static String series(Repeat repeat, List<LocalDate> days, Words here) {
        LocalDate first = days.getFirst();
        LocalDate last = days.getLast();
        String series = here.get(
                "notice.when.repeat." + repeat.frequency(),
                here.fullDate(first),
                here.fullDate(last),
                here.weekday(first),
                here.number(first));
        List<LocalDate> except = repeat.except().stream()
                .filter(day -> day.isAfter(first) && day.isBefore(last))
                .toList();
        if (except.isEmpty()) {
            return series;
        }
        return except.size() > EXCEPTIONS_NAMED
                ? here.get("notice.when.repeat.except-some", series)
                : here.get(
                        "notice.when.repeat.except",
                        series,
                        except.stream().map(here::fullDate).collect(Collectors.joining(", ")));
    }

    private static String hours(WallTime start, @Nullable WallTime end, Words words) {
        String from = words.time(start.local().toLocalTime());
        return end == null
                ? from
                : words.get("notice.when.from-to", from, words.time(end.local().toLocalTime()));
    }
}
