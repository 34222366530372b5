package fr.tambour.website.site;

import fr.tambour.text.SafeHtml;
import java.util.List;

/**
 * A page that changes rarely: about, accessibility, legal notice, privacy.
 *
 * @param own what the town wrote itself, in the place of the sections it replaces; may be empty
 */
public record StandingPage(String title, String lead, SafeHtml own, List<Section> sections) {

    public record Section(String heading, List<String> paragraphs) {}
}
