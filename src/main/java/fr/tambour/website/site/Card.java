package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.ui.Icon;
import org.jspecify.annotations.Nullable;

/**
 * A notice in a list.
 *
 * @param href its permalink
 * @param label the kind, in the page's language
 * @param lang language of title and summary where it is not the page's own, else null
 * @param inLanguage « en français », beside such words, else null
 * @param when the date that matters: an event's days, a practical notice's span, else the day of publication
 * @param datum that date for the margin, or null
 * @param ends epoch milliseconds, for copies that are read without a network; null where it is over
 */
public record Card(
        String href,
        Kind kind,
        Icon icon,
        String label,
        String title,
        String summary,
        @Nullable String lang,
        @Nullable String inLanguage,
        @Nullable Shot picture,
        String when,
        @Nullable Datum datum,
        @Nullable Long ends) {

    /**
     * A date in the margin: « jusqu’au » over « 18 ».
     *
     * @param iso for {@code datetime}
     * @param month short, where the day alone would mislead, or null
     */
    public record Datum(String word, String day, @Nullable String month, String iso) {}
}
