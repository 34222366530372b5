package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.text.Markdown;
import fr.tambour.town.Districts;
import fr.tambour.town.Themes;
import fr.tambour.ui.Icon;
import fr.tambour.ui.PagePanel;
import fr.tambour.ui.Panels;
import fr.tambour.ui.Phrase;
import fr.tambour.ui.Scope;
import fr.tambour.ui.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lays out one notice. */
@Component
class NoticePages {

    private static final int OCCURRENCES_SHOWN = 6;

    private final Shots shots;
    private final Themes themes;
    private final Districts districts;
    private final Panels panels;
    private final Accounts accounts;

    NoticePages(Shots shots, Themes themes, Districts districts, Panels panels, Accounts accounts) {
        this.shots = shots;
        this.themes = themes;
        this.districts = districts;
        this.panels = panels;
        this.accounts = accounts;
    }

    NoticePage of(PublishedNotice notice, Reading reading) {
        Words words = reading.words();
        Dates dates = new Dates(reading);
        Told told = Told.of(notice, reading.language(), reading.first());
        boolean over = notice.overAt(reading.now());
        Map<PictureUse, Shot> stored = shots.of(notice.content().pictures(), reading);
        List<Shot> pictures = notice.content().pictures().stream()
                .map(stored::get)
                .filter(Objects::nonNull)
                .toList();
        String path = Permalink.of(notice);
        String url = reading.town().url(reading.path(path));
        String image = pictures.isEmpty()
                ? null
                : reading.town().url(pictures.getFirst().src());
        List<Happening> happenings = dates.happenings(notice);
        return new NoticePage(
                notice.id().ref(),
                notice.kind(),
                notice.exercise(),
                notice.exercise() ? Icon.FLAG : Kinds.icon(notice.kind()),
                words.get(notice.exercise() ? "website.exercise" : Kinds.key(notice.kind())),
                back(notice.kind(), words),
                told.title(),
                told.other(reading.language()),
                told.other(reading.language()) == null
                        ? null
                        : reading.words("website.not-translated", words.languageName(told.language())),
                when(notice, dates, words),
                notice.exercise() ? "" : told.summary(),
                byline(notice, dates, reading),
                over ? words.get("website.over", dates.moment(notice.until())) : null,
                over ? null : notice.until().toEpochMilli(),
                new Errata(reading).of(notice, told),
                pictures,
                Markdown.toHtml(told.body(), Locale.forLanguageTag(told.language())),
                facts(notice, told, dates, happenings, reading),
                subjects(notice, reading),
                notice.kind() == Kind.EMERGENCY && !notice.exercise() && !over ? new Alarms(reading).of(notice) : null,
                over || notice.exercise() ? Alarms.steps(told.facts().instruction()) : List.of(),
                accounts.of(notice, reading),
                panels(notice, reading, path),
                url,
                told.summary().isBlank() ? told.title() : told.summary(),
                image,
                notice.firstPublishedAt().toString(),
                notice.publishedAt().toString(),
                notice.exercise()
                        ? ""
                        : StructuredData.notice(notice, told, reading.town(), url, image, dates.next(notice)),
                notice.kind() == Kind.EVENT && !over ? path + ".ics" : null);
    }

    static NoticePage.Back back(Kind kind, Words words) {
        return switch (kind) {
            case NEWS -> new NoticePage.Back(words.get("website.news"), "/actualites");
            case EVENT -> new NoticePage.Back(words.get("website.agenda"), "/agenda");
            case PRACTICAL -> new NoticePage.Back(words.get("website.practical"), "/pratique");
            case EMERGENCY -> new NoticePage.Back(words.get("website.home"), "/");
        };
    }

    private List<PagePanel> panels(PublishedNotice notice, Reading reading, String path) {
        Scope scope = new Scope(reading.town().id().value(), reading.words().locale(), path);
        return panels.of(scope, "notice", notice.id().value());
    }

    private static @Nullable String when(PublishedNotice notice, Dates dates, Words words) {
        return switch (notice.kind()) {
            case EVENT ->
                dates.next(notice).map(dates::span).map(words::capital).orElse(null);
            case PRACTICAL -> words.capital(dates.holds(notice));
            case NEWS, EMERGENCY -> null;
        };
    }

    private static String byline(PublishedNotice notice, Dates dates, Reading reading) {
        Words words = reading.words();
        String published = words.get("website.published", dates.moment(notice.firstPublishedAt()));
        String corrected = notice.corrections().isEmpty()
                ? published
                : words.get(
                        "website.published-corrected",
                        dates.moment(notice.firstPublishedAt()),
                        dates.moment(notice.corrections().getFirst().at()));
        Content.Source source = notice.content().source();
        if (source == null || source.name().isBlank()) {
            return corrected;
        }
        return corrected + " "
                + (source.date() == null
                        ? words.get("website.source", reading.typeset(source.name()))
                        : words.get(
                                "website.source-dated",
                                reading.typeset(source.name()),
                                words.date(source.date(), reading.today())));
    }

    private static List<NoticePage.Fact> facts(
            PublishedNotice notice, Told told, Dates dates, List<Happening> happenings, Reading reading) {
        Words words = reading.words();
        List<NoticePage.Fact> facts = new ArrayList<>();
        Content.Event event = notice.content().event();
        if (event != null) {
            List<Happening> ahead = happenings.stream()
                    .filter(happening -> !happening.lastDay().isBefore(reading.today()))
                    .toList();
            List<Happening> shown = ahead.isEmpty() ? happenings : ahead;
            if (!shown.isEmpty()) {
                Happening first = shown.getFirst();
                facts.add(new NoticePage.Fact(
                        words.get("website.fact.when"),
                        words.capital(dates.days(first)),
                        dates.hourLines(first),
                        null));
            }
            if (shown.size() > 1) {
                List<String> more = Stream.concat(
                                shown.stream()
                                        .skip(1)
                                        .limit(OCCURRENCES_SHOWN)
                                        .map(next -> dates.sameHours(next, shown.getFirst())
                                                ? dates.days(next)
                                                : dates.span(next))
                                        .map(words::capital),
                                shown.size() > OCCURRENCES_SHOWN + 1
                                        ? Stream.of(words.get(
                                                "website.fact.until",
                                                words.fullDate(shown.getLast().firstDay())))
                                        : Stream.empty())
                        .toList();
                facts.add(new NoticePage.Fact(words.get("website.fact.then"), null, more, null));
            }
            if (!event.place().isBlank() || !event.address().isBlank()) {
                facts.add(new NoticePage.Fact(
                        words.get("website.fact.where"),
                        event.place().isBlank() ? null : reading.typeset(event.place()),
                        event.address()
                                .lines()
                                .filter(line -> !line.isBlank() && !line.equals(event.place()))
                                .map(reading::typeset)
                                .toList(),
                        reading.written("").lang()));
            }
            add(
                    facts,
                    words.get("website.fact.price"),
                    new Phrase(told.facts().price(), told.other(reading.language())));
            add(
                    facts,
                    words.get("website.fact.access"),
                    new Phrase(told.facts().accessibility(), told.other(reading.language())));
            add(facts, words.get("website.fact.organiser"), reading.written(event.organiser()));
        } else if (notice.content().emergency() != null && (notice.exercise() || notice.overAt(reading.now()))) {
            add(
                    facts,
                    words.get("website.alarm.where"),
                    reading.written(words.capital(notice.content().emergency().area())));
        } else if (notice.kind() == Kind.PRACTICAL) {
            facts.add(new NoticePage.Fact(
                    words.get("website.fact.valid"), words.capital(dates.holds(notice)), List.of(), null));
        }
        return facts;
    }

    private static void add(List<NoticePage.Fact> facts, String term, Phrase value) {
        if (!value.text().isBlank()) {
            facts.add(new NoticePage.Fact(term, null, value.text().lines().toList(), value.lang()));
        }
    }

    private List<HomePage.Choice> subjects(PublishedNotice notice, Reading reading) {
        var town = reading.town().id();
        Stream<HomePage.Choice> about = notice.content().themes().stream()
                .map(id -> themes.byId(town, id))
                .flatMap(Optional::stream)
                .map(theme -> new HomePage.Choice(reading.named(theme), "/thematiques/" + theme.slug()));
        Stream<HomePage.Choice> where = notice.content().districts().stream()
                .map(id -> districts.byId(town, id))
                .flatMap(Optional::stream)
                .map(district -> new HomePage.Choice(reading.named(district), "/quartiers/" + district.slug()));
        return Stream.concat(about, where).toList();
    }
}
