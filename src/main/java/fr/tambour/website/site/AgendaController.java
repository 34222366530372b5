package fr.tambour.website.site;

import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The agenda: from today on, or one month. What is over has left it and stands in the archive. */
@Controller
class AgendaController {

    private static final int EVENTS = 500;
    private static final int MONTHS_AHEAD = 24;
    private static final int DAYS_AHEAD = 35;
    private static final int WEEK = 7;
    private static final int WEEKS_SHOWN = DAYS_AHEAD / WEEK;

    private final Readings readings;
    private final PublicNotices notices;

    AgendaController(Readings readings, PublicNotices notices) {
        this.readings = readings;
        this.notices = notices;
    }

    @GetMapping("/agenda")
    String agenda(Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        LocalDate today = reading.today();
        model.addAttribute(
                "page",
                page(
                        reading,
                        reading.words().get("website.agenda"),
                        reading.words().get("website.agenda.intro"),
                        today,
                        today.plusDays(DAYS_AHEAD),
                        diary -> weeks(reading, diary)));
        return "website/site/agenda";
    }

    @GetMapping("/agenda/{year:[0-9]{4}}/{month:[0-9]{2}}")
    String month(@PathVariable int year, @PathVariable int month, Town town, Locale locale, Model model) {
        Reading reading = readings.of(town, locale);
        YearMonth asked = month(year, month);
        YearMonth now = YearMonth.from(reading.today());
        if (asked.isAfter(now.plusMonths(MONTHS_AHEAD))) {
            throw new Refusal(HttpStatus.NOT_FOUND, "not-found");
        }
        model.addAttribute(
                "page",
                page(
                        reading,
                        reading.words().capital(reading.words().month(asked)),
                        reading.words().get(asked.isBefore(now) ? "website.agenda.past" : "website.agenda.month"),
                        asked.atDay(1),
                        asked.atEndOfMonth(),
                        diary -> sheet(reading, diary, asked)));
        return "website/site/agenda";
    }

    static YearMonth month(int year, int month) {
        try {
            return YearMonth.of(year, month);
        } catch (DateTimeException e) {
            throw new Refusal(HttpStatus.NOT_FOUND, "not-found");
        }
    }

    private AgendaPage page(
            Reading reading,
            String title,
            String intro,
            LocalDate from,
            LocalDate to,
            Function<Diary, AgendaPage.MonthSheet> sheet) {
        LocalDate start = from.isBefore(reading.today()) ? reading.today() : from;
        Diary diary = new Diary(reading, events(reading, start, to), start, to);
        boolean past = to.isBefore(reading.today());
        List<AgendaPage.Day> days = start.datesUntil(to.isBefore(start) ? start : to.plusDays(1))
                .map(day -> day(reading, diary, day))
                .filter(day -> !day.entries().isEmpty())
                .toList();
        return new AgendaPage(
                title,
                intro,
                days,
                sheet.apply(diary),
                past
                        ? null
                        : new AgendaPage.Nothing(
                                reading.words().get("website.agenda.nothing"),
                                reading.words().get("website.agenda.nothing.text")),
                past ? "/archives/%d/%02d".formatted(to.getYear(), to.getMonthValue()) : "/archives",
                "/agenda.ics");
    }

    private List<PublishedNotice> events(Reading reading, LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return List.of();
        }
        Instant start = reading.startOf(from);
        return notices.events(
                reading.town().id(),
                Filter.ALL,
                start.isBefore(reading.now()) ? reading.now() : start,
                reading.startOf(to.plusDays(1)),
                EVENTS);
    }

    private static AgendaPage.Day day(Reading reading, Diary diary, LocalDate day) {
        Dates dates = new Dates(reading);
        return new AgendaPage.Day(
                day.toString(),
                reading.weekday(day),
                Integer.toString(day.getDayOfMonth()),
                reading.words().shortMonth(day),
                diary.on(day).stream()
                        .map(happening -> entry(reading, dates, happening, day))
                        .toList());
    }

    private static AgendaPage.Entry entry(Reading reading, Dates dates, Happening happening, LocalDate day) {
        Told told = Told.of(happening.notice(), reading.language(), reading.first());
        return new AgendaPage.Entry(
                Permalink.of(happening.notice()),
                new Phrase(told.title(), told.other(reading.language())),
                dates.hour(happening, day),
                happening.place(reading),
                happening.severalDays() ? dates.days(happening) : "",
                happening.ends());
    }

    /** The weeks that come rather than the month: on its last days a month has little left to show. */
    private static AgendaPage.MonthSheet weeks(Reading reading, Diary diary) {
        Words words = reading.words();
        LocalDate monday = monday(reading.today());
        return new AgendaPage.MonthSheet(
                words.get("website.agenda.weeks"),
                null,
                link(YearMonth.from(reading.today()).plusMonths(1), words),
                weekdays(monday, words),
                rows(
                        monday,
                        monday.plusWeeks(WEEKS_SHOWN - 1L),
                        day -> cell(
                                reading,
                                diary,
                                day,
                                !day.isBefore(reading.today()),
                                day.getDayOfMonth() == 1 ? words.shortMonth(day) : null,
                                "#j" + day)));
    }

    private static AgendaPage.MonthSheet sheet(Reading reading, Diary diary, YearMonth month) {
        Words words = reading.words();
        YearMonth now = YearMonth.from(reading.today());
        LocalDate monday = monday(month.atDay(1));
        String path = reading.path("/agenda/%d/%02d".formatted(month.getYear(), month.getMonthValue()));
        return new AgendaPage.MonthSheet(
                words.capital(words.month(month)),
                month.isAfter(now) ? link(month.minusMonths(1), words) : null,
                month.isBefore(now.plusMonths(MONTHS_AHEAD)) ? link(later(month, now), words) : null,
                weekdays(monday, words),
                rows(
                        monday,
                        month.atEndOfMonth(),
                        day -> cell(reading, diary, day, YearMonth.from(day).equals(month), null, path + "#j" + day)));
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static List<String> weekdays(LocalDate monday, Words words) {
        return IntStream.range(0, WEEK)
                .mapToObj(monday::plusDays)
                .map(words::weekday)
                .toList();
    }

    /** @param last a day of the last week */
    private static List<List<AgendaPage.Cell>> rows(
            LocalDate monday, LocalDate last, Function<LocalDate, AgendaPage.Cell> cell) {
        List<List<AgendaPage.Cell>> rows = new ArrayList<>();
        for (LocalDate week = monday; !week.isAfter(last); week = week.plusDays(WEEK)) {
            rows.add(IntStream.range(0, WEEK).mapToObj(week::plusDays).map(cell).toList());
        }
        return rows;
    }

    /** From a month that is past one comes back to this one. */
    private static YearMonth later(YearMonth month, YearMonth now) {
        return month.isBefore(now) ? now : month.plusMonths(1);
    }

    private static AgendaPage.Link link(YearMonth month, Words words) {
        return new AgendaPage.Link(
                words.capital(words.month(month)), "/agenda/%d/%02d".formatted(month.getYear(), month.getMonthValue()));
    }

    /** @param address the day's place in the page that lists it */
    private static AgendaPage.Cell cell(
            Reading reading, Diary diary, LocalDate day, boolean in, @Nullable String month, String address) {
        int count = !in || day.isBefore(reading.today()) ? 0 : diary.on(day).size();
        return new AgendaPage.Cell(
                Integer.toString(day.getDayOfMonth()),
                month,
                count == 0 ? null : address,
                reading.words().get("website.agenda.cell", reading.words().day(day), count),
                day.equals(reading.today()),
                in,
                count);
    }
}
