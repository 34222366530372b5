package fr.tambour.feed.internal;

import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicNotices.Filter;
import fr.tambour.notice.PublicNotices.Gone;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.text.Markdown;
import fr.tambour.text.Typography;
import fr.tambour.town.District;
import fr.tambour.town.Districts;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Gathers what a feed holds at this moment: what stands, and the errata of what is over, the last public change first, so
 * that the correction of an old notice reaches those who read it; in the language asked for where it is complete.
 */
@Component
class Gathering {

    /** More than a week of a busy town; a reader that was away longer has the archive. */
    static final int ENTRIES = 50;

    /** How long it is told that a notice is gone to those who may still hold it. */
    static final Duration TOMBSTONES = Duration.ofDays(60);

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
        List<PublishedNotice> standing = notices.latest(town.id(), filter.on(FeedChannel.NAME), now, ENTRIES);
        Around around = around(town, standing, language);
        List<Gone> left = notices.gone(town.id(), FeedChannel.NAME, filter, now.minus(TOMBSTONES), ENTRIES);
        // What is over is not taken back: its erratum takes the entry's place.
        List<Feed.Entry> entries = Stream.concat(
                        standing.stream().map(notice -> entry(town, notice, language, around)),
                        left.stream()
                                .filter(Gone::over)
                                .map(over -> gone(town, over, language).entry()))
                .sorted(Comparator.comparing(Feed.Entry::updated).reversed())
                .toList();
        List<Feed.Gone> gone = left.stream()
                .filter(one -> !one.over())
                .map(one -> gone(town, one, language))
                .toList();
        String prefix = prefix(town, language);
        String name = Typography.of(town.fullName(), Locale.forLanguageTag(language));
        return new Feed(
                town,
                town.identifier(prefix + path),
                subject.isEmpty() ? name : words.in(language).get("feed.title", name, subject),
                words.in(language).get("feed.description", town.name()),
                town.url(prefix + home),
                town.url(prefix + path),
                language,
                Stream.concat(
                                entries.stream().map(Feed.Entry::updated),
                                gone.stream().map(Feed.Gone::at))
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                entries,
                gone);
    }

    /** Where pages in a language begin: nothing for the town's first. */
    static String prefix(Town town, String language) {
        return language.equals(town.language()) ? "" : "/" + language;
    }

    /** Stable over titles and addresses; while the town has the address it began with, the site leads from it to the page. */
    static String id(Town town, PublishedNotice notice) {
        return town.identifier("/avis/" + notice.id().ref());
    }

    static String url(Town town, PublishedNotice notice, String language) {
        return town.url(prefix(town, language) + "/avis/" + notice.id().ref() + "/" + notice.slug());
    }

    /** The language in which it is shown to who asked for {@code wanted}. */
    static String shownIn(Town town, PublishedNotice notice, String wanted) {
        return notice.content().completeLanguages(town.language()).contains(wanted) ? wanted : town.language();
    }

    /**
     * What the entries of one feed name, read once for all of them.
     *
     * @param themes their names, by id
     * @param pictures the leading ones, by hash
     */
    private record Around(
            Map<Long, String> themes, Map<Long, String> districts, Map<String, StoredRendition> pictures) {}

    private Around around(Town town, List<PublishedNotice> notices, String language) {
        return new Around(
                themes.ever(town.id()).stream()
                        .collect(Collectors.toMap(Theme::id, theme -> theme.name(language, town.language()))),
                districts.ever(town.id()).stream()
                        .collect(Collectors.toMap(District::id, district -> district.name(language, town.language()))),
                media.renditions(
                        town.id().value(),
                        notices.stream()
                                .flatMap(notice -> notice.content().pictures().stream()
                                        .limit(1)
                                        .map(PictureUse::hash))
                                .toList(),
                        PICTURE_WIDTH));
    }

    private Feed.Entry entry(Town town, PublishedNotice notice, String wanted, Around around) {
        String language = shownIn(town, notice, wanted);
        Words said = notice.content().in(language);
        return new Feed.Entry(
                id(town, notice),
                url(town, notice, wanted),
                title(town, notice, language),
                summary(town, notice, language),
                marked(html(town, notice, said, language), language, wanted),
                language,
                notice.firstPublishedAt(),
                notice.changedAt(),
                categories(notice, wanted, around),
                picture(town, notice, language, around));
    }

    /** As edited for feeds, where it was. */
    static String title(Town town, PublishedNotice notice, String language) {
        return said(
                town, notice, language, "title", notice.content().in(language).title());
    }

    /** As edited for feeds, where it was. */
    static String summary(Town town, PublishedNotice notice, String language) {
        return said(
                town, notice, language, "summary", notice.content().in(language).summary());
    }

    private static String said(Town town, PublishedNotice notice, String language, String field, String otherwise) {
        String text = notice.rendition(FeedChannel.NAME, language, town.language())
                .map(rendition -> rendition.text(field))
                .orElse(otherwise);
        return Typography.of(text, Locale.forLanguageTag(language));
    }

    /** What is not in the feed's language says in which it is. */
    private static String marked(String html, String language, String wanted) {
        return language.equals(wanted) ? html : "<div lang=\"" + language + "\">\n" + html + "</div>\n";
    }

    private Feed.Gone gone(Town town, Gone left, String wanted) {
        PublishedNotice notice = left.notice();
        String language = shownIn(town, notice, wanted);
        return new Feed.Gone(
                id(town, notice),
                town.url(prefix(town, wanted) + "/avis/" + notice.id().ref()),
                words.gone(left, town, Locale.forLanguageTag(language)),
                words.why(left, town, Locale.forLanguageTag(language)),
                language,
                notice.firstPublishedAt(),
                left.at());
    }

    /** Corrections first, as on the page; then what to do, then the text, which is the summary where no more is said. */
    private String html(Town town, PublishedNotice notice, Words said, String language) {
        Locale locale = Locale.forLanguageTag(language);
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
                said.body().isBlank()
                        ? "<p>" + escaped(summary(town, notice, language)) + "</p>\n"
                        : Markdown.toHtml(said.body(), locale, URI.create(town.url("/")))
                                .html());
        return html.toString();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private List<String> categories(PublishedNotice notice, String language, Around around) {
        return Stream.of(
                        Stream.of(words.in(language).get("feed.kind." + notice.kind())),
                        notice.content().themes().stream().map(around.themes()::get),
                        notice.content().districts().stream().map(around.districts()::get))
                .flatMap(names -> names)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Feed.@Nullable Picture picture(Town town, PublishedNotice notice, String language, Around around) {
        if (notice.content().pictures().isEmpty()) {
            return null;
        }
        PictureUse use = notice.content().pictures().getFirst();
        String alternative =
                use.alternatives().getOrDefault(language, use.alternatives().getOrDefault(town.language(), ""));
        StoredRendition stored = around.pictures().get(use.hash());
        return stored == null
                ? null
                : new Feed.Picture(
                        town.url("/images/" + use.hash() + "/" + stored.width() + "." + stored.extension()),
                        stored.mediaType(),
                        stored.length(),
                        alternative);
    }
}
