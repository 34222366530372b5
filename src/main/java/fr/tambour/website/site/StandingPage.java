package fr.tambour.website.site;

import fr.tambour.text.SafeHtml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page that changes rarely: about, accessibility, legal notice, privacy.
 *
 * @param own what the town wrote itself, before the prepared sections
 */
public record StandingPage(String title, String lead, Own own, List<Section> sections) {

    /**
     * @param text may be empty
     * @param lang its language where it is not the page's, else null
     */
    public record Own(SafeHtml text, @Nullable String lang) {}

    /** @param lang language of the text where it is not the page's, else null */
    public record Section(
            String heading, SafeHtml text, @Nullable String lang) {}
}
