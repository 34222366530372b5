package fr.tambour.operations.internal.demonstration;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills {@code {date:+3}} with the day three days after publication, in the text's language. */
final class DemoWords {

    private static final Pattern DATE = Pattern.compile("\\{date:([+-]\\d+)}");

    private DemoWords() {}

    static String filled(@Nullable String text, LocalDate published, String language) {
        if (text == null) {
            return "";
        }
        Matcher matcher = DATE.matcher(text);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(day(published.plusDays(Integer.parseInt(match.group(1))), language)));
    }

    private static String day(LocalDate day, String language) {
        Locale locale = language.equals("en") ? Locale.UK : Locale.FRANCE;
        String pattern = day.getDayOfMonth() == 1 && locale.equals(Locale.FRANCE) ? "EEEE d'er' MMMM" : "EEEE d MMMM";
        return DateTimeFormatter.ofPattern(pattern, locale).format(day);
    }
}
