package fr.tambour.phone.site;

import fr.tambour.phone.internal.PhoneSettings;
import fr.tambour.ui.HeadLink;
import fr.tambour.ui.Icon;
import fr.tambour.ui.PrivacyParagraph;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.SitemapEntries;
import fr.tambour.ui.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/** The one button of the masthead, the web app in every head, and what is kept about a phone. */
@Component
class PhoneLinks implements SiteLink.Provider, HeadLink.Provider, PrivacyParagraph.Provider, SitemapEntries.Provider {

    private final Words words;
    private final PhoneSettings settings;

    PhoneLinks(Words words, PhoneSettings settings) {
        this.settings = settings;
        this.words = words;
    }

    @Override
    public List<SiteLink> links(Scope scope) {
        if (scope.townId() == 0) {
            return List.of();
        }
        Words here = words.in(scope.locale());
        return List.of(
                new SiteLink(SiteLink.Place.CALL, 10, here.get("phone.link"), null, PhonePaths.SUBSCRIBE, Icon.BELL),
                new SiteLink(
                        SiteLink.Place.TOLD,
                        10,
                        here.get("phone.told"),
                        here.get("phone.told.detail"),
                        PhonePaths.SUBSCRIBE,
                        Icon.BELL),
                new SiteLink(SiteLink.Place.FOOT, 50, here.get("phone.link"), null, PhonePaths.SUBSCRIBE, null));
    }

    @Override
    public List<HeadLink> headLinks(Scope scope) {
        return scope.townId() == 0 || scope.studio()
                ? List.of()
                : List.of(
                        new HeadLink("manifest", null, PhonePaths.MANIFEST, null),
                        new HeadLink("apple-touch-icon", null, AppIcons.path("180"), null));
    }

    @Override
    public List<PrivacyParagraph> paragraphs(Scope scope) {
        Words here = words.in(scope.locale());
        return List.of(new PrivacyParagraph(
                20,
                here.get("phone.privacy.heading"),
                List.of(
                        here.get("phone.privacy.kept"),
                        here.get("phone.privacy.seen"),
                        here.get("phone.privacy.erased", settings.months()))));
    }

    @Override
    public SitemapEntries sitemap(Scope scope) {
        return new SitemapEntries(List.of(new SitemapEntries.Entry(PhonePaths.SUBSCRIBE, null)));
    }
}
