package fr.tambour.feed.internal;

import fr.tambour.ui.HeadLink;
import fr.tambour.ui.Icon;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Makes feeds discoverable: the whole town's on every page, a theme's or a district's on its own. */
@Component
class FeedLinks implements HeadLink.Provider, SiteLink.Provider {

    private static final Pattern OWN = Pattern.compile("/(thematiques|quartiers)/([a-z0-9-]+)");

    private final Words words;

    FeedLinks(Words words) {
        this.words = words;
    }

    @Override
    public List<HeadLink> headLinks(Scope scope) {
        if (scope.townId() == 0 || scope.studio()) {
            return List.of();
        }
        Words here = words.in(scope.locale());
        List<HeadLink> links = new ArrayList<>();
        Matcher own = OWN.matcher(scope.path());
        if (own.matches()) {
            String path = "/flux/" + own.group(1) + "/" + own.group(2);
            links.add(link("application/atom+xml", path + ".atom", here.get("feed.link.this-page")));
            links.add(link("text/calendar", path + ".ics", here.get("feed.link.this-page")));
        }
        links.add(link("application/rss+xml", "/flux/avis.rss", here.get("feed.link.rss")));
        links.add(link("application/atom+xml", "/flux/avis.atom", here.get("feed.link.atom")));
        links.add(link("application/feed+json", "/flux/avis.json", here.get("feed.link.json")));
        links.add(link("text/calendar", "/agenda.ics", here.get("feed.link.calendar")));
        return links;
    }

    private static HeadLink link(String type, String href, String title) {
        return new HeadLink("alternate", type, href, title);
    }

    @Override
    public List<SiteLink> links(Scope scope) {
        if (scope.townId() == 0) {
            return List.of();
        }
        Words here = words.in(scope.locale());
        return List.of(
                new SiteLink(
                        SiteLink.Place.TOLD,
                        40,
                        here.get("feed.told"),
                        here.get("feed.told.detail"),
                        "/flux",
                        Icon.RSS),
                new SiteLink(
                        SiteLink.Place.TOLD,
                        41,
                        here.get("feed.told.calendar"),
                        here.get("feed.told.calendar.detail"),
                        "/flux",
                        Icon.CALENDAR_BLANK),
                new SiteLink(SiteLink.Place.FOOT, 60, here.get("feed.page.title"), null, "/flux", null));
    }
}
