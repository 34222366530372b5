package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says when, in the words of the page. */
final class Dates {

    private final Reading reading;
    private final Words words;

    Dates(Reading reading) {
        this.reading = reading;
        this.words = reading.words();
    }

    /** The date that matters about a notice, in one line. */
    String line(PublishedNotice notice) {
        return switch (notice.kind()) {
            case EVENT -> next(notice).map(this::span).map(words::capital).orElseGet(() -> published(notice));
            case PRACTICAL -> words.capital(holds(notice));
            case NEWS, EMERGENCY -> published(notice);
        };
    }

    String published(PublishedNotice notice) {
        return words.date(day(notice.firstPublishedAt()), reading.today());
    }

    /** The occurrence that goes on or comes next; the last one where all are over. */
    Optional<Happening> next(PublishedNotice notice) {
        List<Happening> all = happenings(notice);
        return all.stream()
                .filter(happening -> !happening.lastDay().isBefore(reading.today()))
                .findFirst()
                .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()));
    }

    List<Happening> happenings(PublishedNotice notice) {
        return happenings(notice, LocalDate.MIN, LocalDate.MAX);
    }

    /** The occurrences that take place on some day from {@code from} to {@code to}. */
    List<Happening> happenings(PublishedNotice notice, LocalDate from, LocalDate to) {
        Content.Event event = notice.content().event();
        return event == null
                ? List.of()
                : Occurrences.between(event, reading.town().zone(), from, to).stream()
                        .map(occurrence -> new Happening(
                                notice,
                                occurrence,
                                event.allDay(),
                                reading.town().zone()))
                        .toList();
    }

    /** « samedi 5 décembre, de 10 h à 22 h », « du samedi 5 décembre à 10 h au dimanche 6 décembre à 19 h ». */
    String span(Happening happening) {
        if (happening.severalDays() && !happening.allDay()) {
            return words.get(
                    "website.span",
                    dayAndTime(happening.occurrence().start()),
                    dayAndTime(happening.occurrence().end()));
        }
        String days = days(happening);
        String hours = hours(happening);
        return hours.isEmpty() ? days : days + ", " + hours;
    }

    private String dayAndTime(Instant at) {
        return words.get("ui.moment", words.day(day(at), reading.today()), time(at));
    }

    String days(Happening happening) {
        return words.days(happening.firstDay(), happening.lastDay(), reading.today());
    }

    /** The hours under the days: one line where it lasts a day, its start and its end where it lasts several. */
    List<String> hourLines(Happening happening) {
        if (!happening.severalDays() || happening.allDay()) {
            String hours = hours(happening);
            return hours.isEmpty() ? List.of() : List.of(hours);
        }
        return List.of(
                words.get(
                        "website.starts",
                        words.weekday(happening.firstDay()),
                        time(happening.occurrence().start())),
                words.get(
                        "website.ends",
                        words.weekday(happening.lastDay()),
                        time(happening.occurrence().end())));
    }

    /** « à 17 h », « de 10 h à 22 h », or nothing where it lasts whole days. */
    private String hours(Happening happening) {
        if (happening.allDay()) {
            return "";
        }
        String start = time(happening.occurrence().start());
        boolean ends =
                happening.occurrence().end().isAfter(happening.occurrence().start());
        return ends
                ? words.get(
                        "website.from-to", start, time(happening.occurrence().end()))
                : words.get("website.at", start);
    }

    /** The hour alone, for the margin of a day: « 17 h », « jusqu’à 19 h » on a last day, else « toute la journée ». */
    String hour(Happening happening, LocalDate day) {
        if (!happening.allDay() && happening.firstDay().equals(day)) {
            return time(happening.occurrence().start());
        }
        return !happening.allDay() && happening.lastDay().equals(day)
                ? words.get("website.until-hour", time(happening.occurrence().end()))
                : words.get("website.all-day");
    }

    /** Whether it takes place at the same hours of its day as {@code other}. */
    boolean sameHours(Happening happening, Happening other) {
        return hours(happening).equals(hours(other)) && happening.severalDays() == other.severalDays();
    }

    /** « jeudi 26 novembre, de 9 h à 13 h », « jusqu’au 18 décembre ». */
    String holds(PublishedNotice notice) {
        Instant from = from(notice);
        ZonedDateTime until = notice.until().atZone(reading.town().zone());
        if (from == null || day(from).isBefore(reading.today())) {
            return words.get("website.until", until(until));
        }
        LocalDate first = day(from);
        if (first.equals(lastDay(until))) {
            boolean whole =
                    time(from, LocalTime.MIDNIGHT) && until.toLocalTime().equals(LocalTime.MIDNIGHT);
            String day = words.day(first, reading.today());
            return whole ? day : day + ", " + words.get("website.from-to", time(from), words.time(until.toLocalTime()));
        }
        return words.days(first, lastDay(until), reading.today());
    }

    /** « 18 décembre », « 26 novembre à 13 h ». */
    String until(ZonedDateTime until) {
        return until.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? words.date(lastDay(until), reading.today())
                : words.moment(until, reading.today());
    }

    /** The margin's date of a practical notice: the day it begins while that is ahead, else its last. */
    Card.Datum datum(PublishedNotice notice) {
        Instant from = from(notice);
        LocalDate last = lastDay(notice.until().atZone(reading.town().zone()));
        LocalDate day = from == null || day(from).isBefore(reading.today()) ? last : day(from);
        boolean ends = day.equals(last) && (from == null || !day(from).equals(last));
        String word = day.equals(reading.today())
                ? words.get("website.today")
                : ends ? words.get("website.until-the") : words.weekday(day);
        boolean far = !day.getMonth().equals(reading.today().getMonth())
                || day.getYear() != reading.today().getYear();
        return new Card.Datum(
                words.capital(word),
                Integer.toString(day.getDayOfMonth()),
                far ? words.shortMonth(day) : null,
                day.toString());
    }

    /** Where « À savoir » puts it: what begins or ends soonest first. */
    LocalDate urgency(PublishedNotice notice) {
        Instant from = from(notice);
        return from != null && !day(from).isBefore(reading.today())
                ? day(from)
                : lastDay(notice.until().atZone(reading.town().zone()));
    }

    boolean holdsOn(PublishedNotice notice, LocalDate day) {
        Instant from = from(notice);
        return (from == null || !day(from).isAfter(day))
                && !lastDay(notice.until().atZone(reading.town().zone())).isBefore(day);
    }

    String moment(Instant at) {
        return words.moment(at.atZone(reading.town().zone()), reading.today());
    }

    String time(Instant at) {
        return words.time(at.atZone(reading.town().zone()).toLocalTime());
    }

    LocalDate day(Instant at) {
        return at.atZone(reading.town().zone()).toLocalDate();
    }

    private @Nullable Instant from(PublishedNotice notice) {
        return notice.content().from() == null
                ? null
                : notice.content().from().instant(reading.town().zone());
    }

    private boolean time(Instant at, LocalTime time) {
        return at.atZone(reading.town().zone()).toLocalTime().equals(time);
    }

    private static LocalDate lastDay(ZonedDateTime until) {
        return until.minusNanos(1).toLocalDate();
    }
}
