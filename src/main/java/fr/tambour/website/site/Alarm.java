package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An emergency as the site shows it: what, where, until when; what to do; whom to call.
 *
 * @param revision of the notice: open pages compare it
 * @param ends epoch milliseconds, for copies that are read without a network
 * @param lang of title, summary and steps where it is not the page's, else null
 * @param steps what to do, one line each
 * @param tel the first telephone number in the contact, or null
 */
public record Alarm(
        String href,
        int revision,
        String title,
        String summary,
        @Nullable String lang,
        String severity,
        Phrase area,
        String until,
        long ends,
        String since,
        List<String> steps,
        Phrase contact,
        @Nullable String tel,
        List<Entry> log) {

    /** What was said when, newest first. */
    public record Entry(String iso, String when, Phrase text) {}
}
