package fr.tambour.ui;

import java.util.List;

/** What other modules add to a page; one that fails is left out and logged. */
public interface Panels {

    /** See {@link PagePanel.Provider#panels}. */
    List<PagePanel> of(Scope scope, String page, long subject);

    /** What all modules do with personal data, for the privacy page. */
    List<PrivacyParagraph> privacy(Scope scope);

    /** The public pages of all modules, for the sitemap. */
    List<SitemapEntries.Entry> sitemap(Scope scope);
}
