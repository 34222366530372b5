package fr.tambour.feed.internal;

import fr.tambour.feed.site.FeedsPage;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every feed of a town, by what it is about and in which format. */
@Service
@Transactional(readOnly = true)
public class Feeds {

    /** Address part → kind. */
    static final Map<String, Kind> KINDS = Map.of(
            "actualites", Kind.NEWS, "agenda", Kind.EVENT, "pratique", Kind.PRACTICAL, "urgences", Kind.EMERGENCY);

    private static final Map<Kind, String> HOMES =
            Map.of(Kind.NEWS, "/actualites", Kind.EVENT, "/agenda", Kind.PRACTICAL, "/pratique", Kind.EMERGENCY, "/");

    /** The formats, with their registered media types. */
    public enum Format {
        RSS("application/rss+xml"),
        ATOM("application/atom+xml"),
        JSON("application/feed+json"),
        ICS("text/calendar");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /** A feed ready to go. */
    public record Rendered(Format format, String text) {}

    private final Gathering gathering;
    private final RssAndAtom syndication;
    private final JsonFeed json;
    private final ICalendars calendars;
    private final PublicNotices notices;
    private final Themes themes;
    private final Districts districts;
    private final FeedWords words;

    Feeds(
            Gathering gathering,
            RssAndAtom syndication,
            JsonFeed json,
            ICalendars calendars,
            PublicNotices notices,
            Themes themes,
            Districts districts,
            FeedWords words) {
        this.gathering = gathering;
        this.syndication = syndication;
        this.json = json;
        this.calendars = calendars;
        this.notices = notices;
        this.themes = themes;
        this.districts = districts;
        this.words = words;
    }

    public Optional<Rendered> all(Town town, String language, Format format) {
        String path = format == Format.ICS ? "/agenda.ics" : "/flux/avis";
        return Optional.of(rendered(town, language, Filter.ALL, format, path, "/", ""));
    }

    public Optional<Rendered> ofKind(Town town, String language, String name, Format format) {
        return Optional.ofNullable(KINDS.get(name))
                .map(kind -> rendered(
                        town,
                        language,
                        Filter.following(kind),
                        format,
                        "/flux/nature/" + name,
                        HOMES.get(kind),
                        words.in(language).get("feed.kinds." + kind)));
    }

    public Optional<Rendered> ofTheme(Town town, String language, String slug, Format format) {
        return themes.bySlug(town.id(), slug)
                .map(theme -> rendered(
                        town,
                        language,
                        new Filter(null, theme.id(), null, null),
                        format,
                        suffixed("/flux/thematiques/" + slug, format),
                        "/thematiques/" + slug,
                        theme.name(language, town.language())));
    }

    public Optional<Rendered> ofDistrict(Town town, String language, String slug, Format format) {
        return districts
                .bySlug(town.id(), slug)
                .map(district -> rendered(
                        town,
                        language,
                        new Filter(null, null, district.id(), null),
                        format,
                        suffixed("/flux/quartiers/" + slug, format),
                        "/quartiers/" + slug,
                        district.name(language, town.language())));
    }

    private static String suffixed(String path, Format format) {
        return format == Format.ICS ? path + ".ics" : path;
    }

    /** Where the calendar of one event stands now; under a former title it is led there. */
    public Optional<String> pathOfEvent(Town town, String language, String ref) {
        return event(town, ref)
                .map(notice -> Gathering.prefix(town, language) + "/avis/" + ref + "/" + notice.slug() + ".ics");
    }

    public Optional<Rendered> ofEvent(Town town, String language, String ref) {
        return event(town, ref)
                .flatMap(notice -> event(town, language, notice).map(text -> new Rendered(Format.ICS, text)));
    }

    private Optional<PublishedNotice> event(Town town, String ref) {
        return NoticeId.ofRef(ref)
                .flatMap(id -> notices.find(town.id(), id))
                .filter(notice -> notice.kind() == Kind.EVENT);
    }

    /** One that goes no more over feeds, or was withdrawn, is cancelled for whoever took it into a calendar. */
    private Optional<String> event(Town town, String language, PublishedNotice notice) {
        boolean goes = notice.state() != PublicState.WITHDRAWN
                && notice.content().channels().contains(FeedChannel.NAME);
        return goes
                ? Optional.of(calendars.single(town, language, notice))
                : notices.gone(town.id(), FeedChannel.NAME, notice.id())
                        .map(gone -> calendars.single(town, language, gone));
    }

    private Rendered rendered(
            Town town, String language, Filter filter, Format format, String path, String home, String subject) {
        String text = switch (format) {
            case RSS -> syndication.rss(gathering.feed(town, language, filter, path, home, subject));
            case ATOM -> syndication.atom(gathering.feed(town, language, filter, path, home, subject));
            case JSON -> json.write(gathering.feed(town, language, filter, path, home, subject));
            case ICS -> calendars.calendar(town, language, filter, path, subject);
        };
        return new Rendered(format, text);
    }

    /** What the page of feeds lists. */
    public FeedsPage listed(Town town, String language) {
        Words here = words.in(language);
        List<FeedsPage.Line> kinds = new ArrayList<>();
        kinds.add(new FeedsPage.Line(Phrase.own(here.get("feed.everything")), "/flux/avis", null));
        for (String name : List.of("actualites", "agenda", "pratique", "urgences")) {
            Kind kind = KINDS.get(name);
            kinds.add(new FeedsPage.Line(
                    Phrase.own(here.get("feed.kinds." + kind)),
                    "/flux/nature/" + name,
                    kind == Kind.EVENT ? "/agenda.ics" : null));
        }
        List<FeedsPage.Line> byTheme = new ArrayList<>();
        for (Theme theme : themes.of(town.id())) {
            String path = "/flux/thematiques/" + theme.slug();
            byTheme.add(new FeedsPage.Line(theme.named(language, town.language()), path, path + ".ics"));
        }
        List<FeedsPage.Line> byDistrict = new ArrayList<>();
        for (District district : districts.of(town.id())) {
            String path = "/flux/quartiers/" + district.slug();
            byDistrict.add(new FeedsPage.Line(district.named(language, town.language()), path, path + ".ics"));
        }
        return new FeedsPage(kinds, byTheme, byDistrict, calendarAddress(town, language));
    }

    private static String calendarAddress(Town town, String language) {
        return town.url(Gathering.prefix(town, language) + "/agenda.ics").replaceFirst("^https?:", "webcal:");
    }
}
