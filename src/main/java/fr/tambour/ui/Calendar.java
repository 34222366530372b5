package fr.tambour.ui;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Locale;

/** How a language writes dates, times and numbers. A non-breaking space keeps figures with what they count. */
sealed interface Calendar {

    static Calendar in(Locale locale) {
        return switch (locale.getLanguage()) {
            case "fr" -> new French();
            case "en" -> new English();
            default -> new Other(locale);
        };
    }

    Locale locale();

    String date(LocalDate day);

    default String fullDate(LocalDate day) {
        return date(day) + " " + day.getYear();
    }

    default String day(LocalDate day) {
        return weekday(day) + " " + date(day);
    }

    default String fullDay(LocalDate day) {
        return weekday(day) + " " + fullDate(day);
    }

    String time(LocalTime time);

    String days(LocalDate first, LocalDate last, LocalDate today);

    /**
     * Each month and year said once, and no year that is this one.
     *
     * @param and between two days in a row
     * @param fromTo around the first and the last of more
     */
    default String days(LocalDate first, LocalDate last, LocalDate today, String and, String fromTo) {
        boolean year = last.getYear() != today.getYear() || first.getYear() != last.getYear();
        String end = year ? fullDate(last) : date(last);
        if (first.equals(last)) {
            return weekday(first) + " " + end;
        }
        boolean sameMonth = YearMonth.from(first).equals(YearMonth.from(last));
        if (sameMonth && first.plusDays(1).equals(last)) {
            return weekday(first) + " " + number(first) + " " + and + " " + weekday(last) + " " + end;
        }
        String start = sameMonth ? number(first) : first.getYear() == last.getYear() ? date(first) : fullDate(first);
        return fromTo.formatted(start, end);
    }

    default String number(LocalDate day) {
        return Integer.toString(day.getDayOfMonth());
    }

    default String weekday(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL, locale());
    }

    default String shortWeekday(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale());
    }

    default String shortMonth(LocalDate day) {
        return day.getMonth().getDisplayName(TextStyle.SHORT, locale());
    }

    default String month(YearMonth month) {
        return month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, locale()) + " " + month.getYear();
    }

    default String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    record French() implements Calendar {

        @Override
        public Locale locale() {
            return Locale.FRENCH;
        }

        @Override
        public String number(LocalDate day) {
            return day.getDayOfMonth() == 1 ? "1ᵉʳ" : Integer.toString(day.getDayOfMonth());
        }

        @Override
        public String date(LocalDate day) {
            return number(day) + "\u00a0" + day.getMonth().getDisplayName(TextStyle.FULL, Locale.FRENCH);
        }

        @Override
        public String time(LocalTime time) {
            return time.getMinute() == 0
                    ? time.getHour() + "\u00a0h"
                    : "%d\u00a0h\u00a0%02d".formatted(time.getHour(), time.getMinute());
        }

        @Override
        public String days(LocalDate first, LocalDate last, LocalDate today) {
            return days(first, last, today, "et", "du %s au %s");
        }
    }

    record English() implements Calendar {

        private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("d\u00a0MMMM", Locale.UK);

        @Override
        public Locale locale() {
            return Locale.UK;
        }

        @Override
        public String date(LocalDate day) {
            return MONTH.format(day);
        }

        @Override
        public String time(LocalTime time) {
            int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
            String half = time.getHour() < 12 ? "\u00a0am" : "\u00a0pm";
            return time.getMinute() == 0 ? hour + half : "%d:%02d%s".formatted(hour, time.getMinute(), half);
        }

        @Override
        public String days(LocalDate first, LocalDate last, LocalDate today) {
            return days(first, last, today, "and", "%s to %s");
        }
    }

    /** A town's other language: as the JDK's locale data has it. */
    record Other(Locale locale) implements Calendar {

        @Override
        public String date(LocalDate day) {
            return day.getDayOfMonth() + "\u00a0" + day.getMonth().getDisplayName(TextStyle.FULL, locale);
        }

        @Override
        public String fullDate(LocalDate day) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                    .withLocale(locale)
                    .format(day);
        }

        @Override
        public String fullDay(LocalDate day) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                    .withLocale(locale)
                    .format(day);
        }

        @Override
        public String time(LocalTime time) {
            return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                    .withLocale(locale)
                    .format(time);
        }

        @Override
        public String days(LocalDate first, LocalDate last, LocalDate today) {
            return first.equals(last) ? fullDay(first) : fullDate(first) + " – " + fullDate(last);
        }
    }
}
