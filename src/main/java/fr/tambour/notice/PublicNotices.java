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
     * @param theme for one theme (notices without a theme reach all), or any
     * @param district for one district (notices without a district reach all), or any
     * @param channel that go out over one channel, or any
     */
    record Filter(
            @Nullable Kind kind,
            @Nullable Long theme,
            @Nullable Long district,
            @Nullable String channel) {

        public static final Filter ALL = new Filter(null, null, null, null);

        public static Filter of(Kind kind) {
            return new Filter(kind, null, null, null);
        }

        public Filter on(String name) {
            return new Filter(kind, theme, district, name);
        }
    }

    /** A notice that was ever published: also ended, also withdrawn. */
    Optional<PublishedNotice> find(TownId town, NoticeId id);

    /**
     * What stands at {@code now}: published, not over, newest first by first publication.
     *
     * @param before only those first published before this; for the next page
     */
    List<PublishedNotice> current(TownId town, Filter filter, Instant now, @Nullable Instant before, int limit);

    /** Events that stand at {@code now}, by the start of their first occurrence. */
    List<PublishedNotice> events(TownId town, Filter filter, Instant now, int limit);

    /**
     * Events that stand at {@code from} and begin before {@code before}: what may take place in between. A repeated one is
     * among them from its first occurrence to its last, whether or not it takes place in just that span.
     */
    List<PublishedNotice> events(TownId town, Filter filter, Instant from, Instant before, int limit);

    /** Emergencies that stand at {@code now}, the gravest first. */
    List<PublishedNotice> emergencies(TownId town, Instant now);

    /** First published in {@code month} and not withdrawn, ended ones included, newest first. */
    List<PublishedNotice> archive(TownId town, YearMonth month, ZoneId zone, @Nullable Instant before, int limit);

    /** The months that the archive has something for, newest first, with how many. */
    Map<YearMonth, Integer> archiveMonths(TownId town, ZoneId zone);

    /** Withdrawn since {@code since}, newest first: for tombstones and cancelled calendar entries. */
    List<PublishedNotice> withdrawn(TownId town, Filter filter, Instant since, int limit);

    /** When anything public of this town last changed; for conditional requests. Ends that have come count. */
    Instant lastChange(TownId town, Instant now);

    /** Every permalink with its last change, oldest first, from {@code after} on; for the sitemap. */
    List<Permalink> permalinks(TownId town, @Nullable NoticeId after, int limit);

    /** One line of the sitemap. */
    record Permalink(NoticeId id, String slug, Instant changedAt) {}
}
