package fr.tambour.ui;

import gg.jte.Content;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.web.util.HtmlUtils;

/**
 * What Tambour says, in one language: sentences from the modules' bundles, plurals through {@code {0,choice,…}}, dates, times and numbers in the
 * language's own typography. The bean speaks French; {@link #in} gives another language.
 *
 * <p>A language without a bundle is answered in French; {@code fr-simple} reads the French one.
 */
public final class Words {

    private final MessageSource messages;
    private final Locale locale;
    private final Calendar calendar;

    public Words(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
        this.calendar = Calendar.in(locale);
    }

    public Words in(Locale other) {
        return other.equals(locale) ? this : new Words(messages, other);
    }

    public Locale locale() {
        return locale;
    }

    /** BCP 47 tag for {@code lang} attributes. */
    public String lang() {
        return locale.toLanguageTag();
    }

    /**
     * @throws NoSuchMessageException where no bundle has the key: a mistake of ours, found by the first test that shows the page
     */
    public String get(String key, Object... args) {
        return messages.getMessage(key, args, locale);
    }

    /** @param otherwise where no bundle has the key */
    public String getOr(String key, String otherwise) {
        return has(key) ? get(key) : otherwise;
    }

    public boolean has(String key) {
        return messages.getMessage(key, null, null, locale) != null;
    }

    /** As {@link #get}, for a sentence that holds markup of ours; the arguments are escaped. */
    public Content rich(String key, Object... args) {
        Object[] escaped = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            escaped[i] = args[i] instanceof Number n ? n : HtmlUtils.htmlEscape(String.valueOf(args[i]), "UTF-8");
        }
        String sentence = get(key, escaped);
        return output -> output.writeContent(sentence);
    }

    /** « jeudi 26 novembre », "Thursday 26 November". */
    public String day(LocalDate day) {
        return calendar.day(day);
    }

    /** « jeudi 26 novembre », with the year where it is not this one. */
    public String day(LocalDate day, LocalDate today) {
        return day.getYear() == today.getYear() ? calendar.day(day) : calendar.fullDay(day);
    }

    /** « jeudi 26 novembre 2026 ». */
    public String fullDay(LocalDate day) {
        return calendar.fullDay(day);
    }

    /** « 26 novembre », « 1ᵉʳ décembre ». */
    public String date(LocalDate day) {
        return calendar.date(day);
    }

    /** « 26 novembre », with the year where it is not this one. */
    public String date(LocalDate day, LocalDate today) {
        return day.getYear() == today.getYear() ? calendar.date(day) : calendar.fullDate(day);
    }

    /** « 26 novembre 2026 ». */
    public String fullDate(LocalDate day) {
        return calendar.fullDate(day);
    }

    /** « jeudi ». */
    public String weekday(LocalDate day) {
        return calendar.weekday(day);
    }

    /** « jeu. ». */
    public String shortWeekday(LocalDate day) {
        return calendar.shortWeekday(day);
    }

    /** « 26 », « 1ᵉʳ ». */
    public String number(LocalDate day) {
        return calendar.number(day);
    }

    /** « déc. ». */
    public String shortMonth(LocalDate day) {
        return calendar.shortMonth(day);
    }

    /** « novembre 2026 ». */
    public String month(YearMonth month) {
        return calendar.month(month);
    }

    /** « 9 h », « 9 h 30 », "9.30am" in the language's own way. */
    public String time(LocalTime time) {
        return calendar.time(time);
    }

    /** « samedi 5 et dimanche 6 décembre », « du 5 au 12 décembre », « du 30 novembre au 2 décembre »; one day alone is {@link #day}. */
    public String days(LocalDate first, LocalDate last, LocalDate today) {
        return calendar.days(first, last, today);
    }

    /** « 26 novembre à 9 h 02 », with the year where it is not this one. */
    public String moment(ZonedDateTime at, LocalDate today) {
        return get("ui.moment", date(at.toLocalDate(), today), time(at.toLocalTime()));
    }

    /** The day that {@code until}, an exclusive end, closes; empty where it falls within a day. Nobody counts midnight as that day. */
    public static Optional<LocalDate> closedDay(LocalDateTime until) {
        return Optional.of(until)
                .filter(end -> end.toLocalTime().equals(LocalTime.MIDNIGHT))
                .map(end -> end.toLocalDate().minusDays(1));
    }

    /** When something is over: « 26 novembre à 9 h 02 », « 25 novembre au soir ». */
    public String end(ZonedDateTime until, LocalDate today) {
        return closedDay(until.toLocalDateTime())
                .map(day -> get("ui.evening", date(day, today)))
                .orElseGet(() -> moment(until, today));
    }

    /** « 26 novembre 2026 à 9 h 02 ». */
    public String moment(ZonedDateTime at) {
        return get("ui.moment", fullDate(at.toLocalDate()), time(at.toLocalTime()));
    }

    /** How long something took: « 0,8 s », « 14 min », « 8 h 05 ». */
    public String duration(Duration length) {
        long millis = Math.max(0, length.toMillis());
        if (millis < 10_000) {
            return get("ui.duration.tenths", millis / 1_000.0);
        }
        if (millis < 120_000) {
            return get("ui.duration.seconds", millis / 1_000);
        }
        long minutes = millis / 60_000;
        return minutes < 120
                ? get("ui.duration.minutes", minutes)
                : get("ui.duration.hours", minutes / 60, "%02d".formatted(minutes % 60));
    }

    /** « 4 337 », "4,337". */
    public String number(long number) {
        return calendar.number(number);
    }

    /** What a language is called in this one: « français », "easy-to-read French". */
    public String languageName(String tag) {
        String key = "ui.language-name." + tag;
        return has(key) ? get(key) : Locale.forLanguageTag(tag).getDisplayName(locale);
    }

    /** First letter upper case, for a date that opens a line: « Jeudi 26 novembre ». */
    public String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(locale)
                        + text.substring(text.offsetByCodePoints(0, 1));
    }
}
