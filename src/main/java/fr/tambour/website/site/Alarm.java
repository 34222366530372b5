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
 * @param tongue « en français », beside what is written in one language for all, else null
 * @param contact whom to call; without the number where it ends with one
 * @param number the first telephone number in the contact, as people read it, or null
 * @param tel the same as telephones dial it
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
        @Nullable String tongue,
        Phrase contact,
        @Nullable String number,
        @Nullable String tel,
        List<Entry> log) {

    /** What was said when, newest first. */
    public record Entry(String iso, String when, Phrase text) {}
}
