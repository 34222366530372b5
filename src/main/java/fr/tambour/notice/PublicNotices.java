package fr.tambour.notice;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What channels read. Nothing that is not public comes out of here. Every list is bounded and indexed: it costs the
 * same in a town's tenth year as in its first week.
 */
public interface PublicNotices {

    /**
     * Which notices.
     *
     * @param kind of one kind, or any
     * @param theme for one theme (notices without a theme reach all, and so do alerts), or any
     * @param district for one district (notices without a district reach all), or any
     * @param channel that go out over one channel, or any
     * @param alerts with emergencies, whatever the kind asked for
     */
    record Filter(
            @Nullable Kind kind,
            @Nullable Long theme,
            @Nullable Long district,
            @Nullable String channel,
            boolean alerts) {

        public static final Filter ALL = new Filter(null, null, null, null);

        /** What is of this kind and nothing else, where a kind is given. */
        public Filter(@Nullable Kind kind, @Nullable Long theme, @Nullable Long district, @Nullable String channel) {
            this(kind, theme, district, channel, false);
        }

        /** What is of this kind, as a list shows it. */
        public static Filter of(Kind kind) {
            return new Filter(kind, null, null, null);
        }

        /** What whoever follows this kind is sent: alerts as well. */
        public static Filter following(Kind kind) {
            return new Filter(kind, null, null, null, true);
        }

        public Filter on(@Nullable String name) {
            return new Filter(kind, theme, district, name, alerts);
        }
    }

    /**
     * Where a page of a list ends and the next begins.
     *
     * @param at when the last notice of the page was first published
     * @param id its id: many may have been published at one instant
     */
    record Cursor(Instant at, NoticeId id) {

        public static Cursor after(PublishedNotice last) {
            return new Cursor(last.firstPublishedAt(), last.id());
        }
    }

    /**
     * A notice that came to somebody over a channel and comes no more: withdrawn, corrected away from that channel, theme or
     * district, or corrected after its end.
     *
     * @param at when that was last told: by its withdrawal, or by its last correction
     */
    record Gone(PublishedNotice notice, Instant at) {

        public boolean withdrawn() {
            return notice.state() == PublicState.WITHDRAWN;
        }

        /** Whether it left by itself, at its end, and was put right only then. */
        public boolean over() {
            return !withdrawn() && !at.isBefore(notice.until());
        }

        /** Why, in the words shown to the public. */
        public String reason() {
            return notice.withdrawal()
                    .map(Withdrawal::reason)
                    .or(() -> notice.corrections().stream()
                            .filter(correction -> correction.at().equals(at))
                            .map(Correction::reason)
                            .findFirst())
                    .orElse("");
        }
    }

    /** A notice that was ever published: also ended, also withdrawn. */
    Optional<PublishedNotice> find(TownId town, NoticeId id);

    /** Whether anything was ever published: also ended, also withdrawn. */
    boolean any(TownId town);

    /**
     * What stands at {@code now}: published, not over, newest first by first publication.
     *
     * @param after where the page before ended
     */
    List<PublishedNotice> current(TownId town, Filter filter, Instant now, @Nullable Cursor after, int limit);

    /**
     * How many stand at {@code now}, of those first published in a span of time.
     *
     * @param from inclusive
     * @param before exclusive
     */
    int count(TownId town, Filter filter, Instant from, Instant before, Instant now);

    /** What stands at {@code now}, the last public change first: a correction of an old notice comes before newer ones. */
    List<PublishedNotice> latest(TownId town, Filter filter, Instant now, int limit);

    /** Events that stand at {@code now}, by the start of their first occurrence. */
    List<PublishedNotice> events(TownId town, Filter filter, Instant now, int limit);

    /**
     * Events that stand at {@code from} and begin before {@code before}: what may take place in between. A repeated one is
     * among them from its first occurrence to its last, whether or not it takes place in just that span.
     */
    List<PublishedNotice> events(TownId town, Filter filter, Instant from, Instant before, int limit);

    /** When the first of what stands at {@code now} will be over; empty where nothing stands. */
    Optional<Instant> nextEnd(TownId town, Instant now);

    /** Emergencies that stand at {@code now}, the gravest first; at most 20. */
    List<PublishedNotice> emergencies(TownId town, Instant now);

    /**
     * First published in {@code month} and not withdrawn, ended ones included, newest first.
     *
     * @param after where the page before ended
     */
    List<PublishedNotice> archive(TownId town, YearMonth month, ZoneId zone, @Nullable Cursor after, int limit);

    /** The months, by the town's clock, that the archive has something for, newest first, with how many. */
    Map<YearMonth, Integer> archiveMonths(TownId town);

    /**
     * What came over {@code channel} and comes no more, where that was told since {@code since}, the last first: for those who
     * may still hold it.
     *
     * @param filter what they chose; its channel is not looked at
     */
    List<Gone> gone(TownId town, String channel, Filter filter, Instant since, int limit);

    /** How a notice left {@code channel} altogether; empty while it stands there, and where it never went. */
    Optional<Gone> gone(TownId town, String channel, NoticeId id);

    /**
     * The permalinks of what the archive holds for {@code month}, oldest first, at most {@value #MOST_PERMALINKS}; for the
     * sitemap.
     */
    List<Permalink> permalinks(TownId town, YearMonth month, ZoneId zone);

    /** What one sitemap may hold (sitemaps.org); no town publishes as much in a month. */
    int MOST_PERMALINKS = 50_000;

    /** One line of the sitemap. */
    record Permalink(NoticeId id, String slug, Instant changedAt) {}
}
