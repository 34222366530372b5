package fr.tambour.ui.internal;

import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Panels;
import fr.tambour.ui.PrivacyParagraph;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SitemapEntries;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
record GatheredPanels(
        ObjectProvider<PagePanel.Provider> panels,
        ObjectProvider<PrivacyParagraph.Provider> privacy,
        ObjectProvider<SitemapEntries.Provider> entries)
        implements Panels {

    @Override
    public List<PagePanel> of(Scope scope, String page, long subject) {
        return Gather.all(panels, provider -> provider.panels(scope, page, subject)).stream()
                .sorted(Comparator.comparingInt(PagePanel::order))
                .toList();
    }

    @Override
    public List<PrivacyParagraph> privacy(Scope scope) {
        return Gather.all(privacy, provider -> provider.paragraphs(scope)).stream()
                .sorted(Comparator.comparingInt(PrivacyParagraph::order))
                .toList();
    }

    @Override
    public List<SitemapEntries.Entry> sitemap(Scope scope) {
        return Gather.all(entries, provider -> provider.sitemap(scope).entries());
    }
}
