package fr.tambour.feed.internal;

import fr.tambour.media.Media;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.text.Markdown;
import fr.tambour.text.Typography;
import fr.tambour.town.Districts;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Gathers what a feed holds at this moment: what stands, newest first, in the language asked for where it is complete. */
@Component
class Gathering {

    /** More than a week of a busy town; a reader that was away longer has the archive. */
    static final int ENTRIES = 50;

    /** How long a withdrawal is told to those who may still hold the notice. */
    private static final Duration TOMBSTONES = Duration.ofDays(60);

    private static final int PICTURE_WIDTH = 1280;

    private final PublicNotices notices;
    private final Themes themes;
    private final Districts districts;
    private final Media media;
    private final FeedWords words;
    private final Clock clock;

    Gathering(PublicNotices notices, Themes themes, Districts districts, Media media, FeedWords words, Clock clock) {
        this.notices = notices;
        this.themes = themes;
        this.districts = districts;
        this.media = media;
        this.words = words;
        this.clock = clock;
    }

    /**
     * @param path of the feed without suffix: {@code /flux/avis}
     * @param home path of the page it belongs to
     * @param subject what it is about, in words; empty: everything
     */
    Feed feed(Town town, String language, Filter filter, String path, String home, String subject) {
        Instant now = clock.instant();
        Filter onFeed = filter.on(FeedChannel.NAME);
        List<PublishedNotice> standing = notices.current(town.id(), onFeed, now, null, ENTRIES);
        List<PublishedNotice> withdrawn = notices.withdrawn(town.id(), onFeed, now.minus(TOMBSTONES), ENTRIES);
        String prefix = prefix(town, language);
        String name = Typography.of(town.fullName(), Locale.forLanguageTag(language));
        return new Feed(
                town,
                town.url(prefix + path),
                subject.isEmpty() ? name : words.in(language).get("feed.title", name, subject),
                words.in(language).get("feed.description", town.name()),
                town.url(prefix + home),
                town.url(prefix + path),
                language,
                updated(standing, withdrawn),
                standing.stream().map(notice -> entry(town, notice, language)).toList(),
                withdrawn.stream()
                        .flatMap(notice -> notice
                                .withdrawal()
                                .map(withdrawal ->
                                        new Feed.Gone(id(town, notice), withdrawal.at(), withdrawal.reason()))
                                .stream())
                        .toList());
    }

    private static Instant updated(List<PublishedNotice> standing, List<PublishedNotice> withdrawn) {
        Instant updated = Instant.EPOCH;
        for (List<PublishedNotice> list : List.of(standing, withdrawn)) {
            for (PublishedNotice notice : list) {
                updated = notice.changedAt().isAfter(updated) ? notice.changedAt() : updated;
            }
        }
        return updated;
    }

    /** Where pages in a language begin: nothing for the town's first. */
    static String prefix(Town town, String language) {
        return language.equals(town.language()) ? "" : "/" + language;
    }

    /** Stable over titles: the site redirects it to the page. */
    static String id(Town town, PublishedNotice notice) {
        return town.url("/avis/" + notice.id().ref());
    }

    static String url(Town town, PublishedNotice notice, String language) {
        return town.url(prefix(town, language) + "/avis/" + notice.id().ref() + "/" + notice.slug());
    }

    /** The language in which it is shown to who asked for {@code wanted}. */
    static String shownIn(Town town, PublishedNotice notice, String wanted) {
        return notice.content().completeLanguages(town.language()).contains(wanted) ? wanted : town.language();
    }

    private Feed.Entry entry(Town town, PublishedNotice notice, String wanted) {
        String language = shownIn(town, notice, wanted);
        Locale locale = Locale.forLanguageTag(language);
        var rendition = notice.rendition(FeedChannel.NAME, language, town.language());
        Words said = notice.content().in(language);
        String title = rendition.map(r -> r.text("title")).orElse(said.title());
        String summary = rendition.map(r -> r.text("summary")).orElse(said.summary());
        return new Feed.Entry(
                id(town, notice),
                url(town, notice, wanted),
                Typography.of(title, locale),
                Typography.of(summary, locale),
                html(town, notice, said, locale),
                language,
                notice.firstPublishedAt(),
                notice.changedAt(),
                categories(town, notice, wanted),
                picture(town, notice, language));
    }

    /** Corrections first, as on the page; then what to do, then the text. */
    private String html(Town town, PublishedNotice notice, Words said, Locale locale) {
        StringBuilder html = new StringBuilder();
        for (Correction correction : notice.corrections()) {
            html.append("<p><strong>")
                    .append(escaped(words.in(locale.toLanguageTag())
                            .get("feed.correction", words.day(correction.at(), town, locale))))
                    .append("</strong> ")
                    .append(escaped(Typography.of(correction.reason(), town.locale())))
                    .append("</p>\n");
        }
        if (!said.instruction().isBlank()) {
            html.append("<p><strong>")
                    .append(escaped(Typography.of(said.instruction(), locale)))
                    .append("</strong></p>\n");
        }
        words.when(notice, town, locale)
                .ifPresent(when -> html.append("<p>").append(escaped(when)).append("</p>\n"));
        html.append(
                Markdown.toHtml(said.body(), locale, URI.create(town.url("/"))).html());
        return html.toString();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private List<String> categories(Town town, PublishedNotice notice, String language) {
        List<String> names = new ArrayList<>();
        names.add(words.in(language).get("feed.kind." + notice.kind()));
        notice.content()
                .themes()
                .forEach(id -> themes.byId(town.id(), id)
                        .ifPresent(theme -> names.add(theme.name(language, town.language()))));
        notice.content()
                .districts()
                .forEach(id -> districts
                        .byId(town.id(), id)
                        .ifPresent(district -> names.add(district.name(language, town.language()))));
        return names;
    }

    private Feed.@Nullable Picture picture(Town town, PublishedNotice notice, String language) {
        if (notice.content().pictures().isEmpty()) {
            return null;
        }
        PictureUse use = notice.content().pictures().getFirst();
        String alternative =
                use.alternatives().getOrDefault(language, use.alternatives().getOrDefault(town.language(), ""));
        return media.rendition(town.id().value(), use.hash(), PICTURE_WIDTH)
                .map(stored -> new Feed.Picture(
                        town.url("/images/" + use.hash() + "/" + stored.width() + "." + stored.extension()),
                        stored.mediaType(),
                        stored.length(),
                        alternative))
                .orElse(null);
    }
}
