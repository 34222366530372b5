package fr.tambour.website.site;

import fr.tambour.notice.PublicNotices;
import fr.tambour.town.Districts;
import fr.tambour.town.Themes;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Band;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Scope;
import fr.tambour.ui.SiteLink;
import fr.tambour.ui.SiteLink.Place;
import fr.tambour.ui.SitemapEntries;
import fr.tambour.ui.Words;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the site adds to the frame of every public page: its sections, what the law asks for, standing emergencies. */
@Component
class WebsiteFrame implements SiteLink.Provider, Band.Provider, SitemapEntries.Provider {

    private final Words words;
    private final Towns towns;
    private final PublicNotices notices;
    private final Themes themes;
    private final Districts districts;
    private final Clock clock;

    WebsiteFrame(Words words, Towns towns, PublicNotices notices, Themes themes, Districts districts, Clock clock) {
        this.words = words;
        this.towns = towns;
        this.notices = notices;
        this.themes = themes;
        this.districts = districts;
        this.clock = clock;
    }

    @Override
    public List<SiteLink> links(Scope scope) {
        if (scope.townId() == 0) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        return List.of(
                link(Place.NAV, 10, said, "website.news", "/actualites"),
                link(Place.NAV, 20, said, "website.agenda", "/agenda"),
                link(Place.NAV, 30, said, "website.practical", "/pratique"),
                link(Place.NAV, 40, said, "website.archives", "/archives"),
                link(Place.FOOT, 10, said, "website.about", "/a-propos"),
                link(Place.FOOT, 20, said, "website.accessibility.mention", "/accessibilite"),
                link(Place.FOOT, 30, said, "website.privacy", "/donnees-personnelles"),
                link(Place.FOOT, 40, said, "website.legal", "/mentions-legales"));
    }

    private static SiteLink link(Place place, int order, Words words, String key, String href) {
        return new SiteLink(place, order, words.get(key), null, href, null);
    }

    /** Every public page says that an emergency stands; its own page and the home page say it larger. */
    @Override
    public List<Band> bands(Scope scope) {
        if (scope.townId() == 0 || scope.studio()) {
            return List.of();
        }
        Words said = words.in(scope.locale());
        return towns.byId(new TownId(scope.townId())).stream()
                .flatMap(town -> notices.emergencies(town.id(), clock.instant()).stream()
                        .filter(notice -> !scope.path().equals(Permalink.of(notice)))
                        .map(notice -> {
                            Told told = Told.of(notice, said.lang(), town.language());
                            return new Band(
                                    Band.Tone.ALERT,
                                    new Phrase(told.title(), told.other(said.lang())),
                                    null,
                                    new Band.Action(said.get("website.alarm.read"), Permalink.of(notice)),
                                    0,
                                    String.valueOf(notice.revision()),
                                    notice.until().toEpochMilli());
                        }))
                .toList();
    }

    @Override
    public SitemapEntries sitemap(Scope scope) {
        TownId town = new TownId(scope.townId());
        Stream<String> fixed = Stream.of(
                "/",
                "/actualites",
                "/agenda",
                "/pratique",
                "/archives",
                "/a-propos",
                "/accessibilite",
                "/donnees-personnelles",
                "/mentions-legales");
        Stream<String> about = themes.of(town).stream().map(theme -> "/thematiques/" + theme.slug());
        Stream<String> where = districts.of(town).stream().map(district -> "/quartiers/" + district.slug());
        return new SitemapEntries(Stream.of(fixed, about, where)
                .flatMap(paths -> paths)
                .map(path -> new SitemapEntries.Entry(path, null))
                .toList());
    }
}
