package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.text.SafeHtml;
import fr.tambour.ui.Icon;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Phrase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One notice, whole.
 *
 * @param ref its name in addresses
 * @param exercise whether it only practises an alert: it says so before all else, and is kept and listed nowhere
 * @param back the list it belongs to
 * @param lang language of its words where it is not the page's own, else null
 * @param notTranslated says so, or null
 * @param when directly under the title of an event, or null
 * @param byline « Publié le …, corrigé le … »
 * @param over says that it is over, or null
 * @param ends epoch milliseconds, for copies that are read without a network; null where it is over
 * @param corrections newest first, above the picture
 * @param alarm of an emergency that stands, else null
 * @param instruction of one that is over, as it was, and of an exercise, as an alert would say it
 * @param account where it went, and when
 * @param description for search engines and other sites
 * @param url absolute permalink in this language
 * @param image absolute address of its first picture, or null
 * @param data JSON-LD, which an exercise has none of
 * @param calendar path of the event's iCalendar file, or null
 */
public record NoticePage(
        String ref,
        Kind kind,
        boolean exercise,
        Icon icon,
        String label,
        Back back,
        String title,
        @Nullable String lang,
        @Nullable String notTranslated,
        @Nullable String when,
        String summary,
        String byline,
        @Nullable String over,
        @Nullable Long ends,
        List<Erratum> corrections,
        List<Shot> pictures,
        SafeHtml body,
        List<Fact> facts,
        List<HomePage.Choice> subjects,
        @Nullable Alarm alarm,
        List<String> instruction,
        Account account,
        List<PagePanel> panels,
        String url,
        String description,
        @Nullable String image,
        String published,
        String modified,
        String data,
        @Nullable String calendar) {

    public record Back(String text, String href) {}

    /** A correction, dated and reasoned. */
    public record Erratum(String heading, Phrase reason, List<Change> changes) {}

    /** @param field « Lieu »; the values are empty where only the text changed */
    public record Change(String field, Phrase before, Phrase after) {}

    /**
     * Something to know at a glance.
     *
     * @param big the value in the display face: date and place
     * @param lines further lines under it
     * @param lang of the value and the lines where it is not the page's, else null
     */
    public record Fact(
            String term,
            @Nullable String big,
            List<String> lines,
            @Nullable String lang) {}
}
