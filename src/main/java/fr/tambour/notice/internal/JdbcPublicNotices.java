package fr.tambour.notice.internal;

import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.Withdrawal;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional(readOnly = true)
class JdbcPublicNotices implements PublicNotices {

    /** Every list begins with it: an exercise is found by its id, and in no other way. */
    private static final String LISTED = "n.town_id = :town AND n.exercise_since IS NULL";

    /**
     * The plus keeps SQLite from walking all that stands by its end and sorting it: an index that gives the order asked for
     * lets it stop at the limit.
     */
    private static final String STANDING = LISTED + " AND n.public_state = 'PUBLISHED' AND +n.until_at > :now";

    private static final String COLUMNS =
            "n.id, n.exercise_since, n.public_state, n.slug, n.first_published_at, n.published_at, n.changed_at, n.until_at, n.sequence, n.withdrawn_at, n.withdrawal_reason";

    private static final String PUBLISHED_FROM_TO = LISTED + """
             AND n.public_state IN ('PUBLISHED', 'EXPIRED') AND n.first_published_at >= :from
            AND n.first_published_at < :end""";

    private static final String NEWEST_FIRST = "n.first_published_at DESC, n.id DESC";

    private final JdbcClient jdbc;
    private final Revisions revisions;

    JdbcPublicNotices(JdbcClient jdbc, Revisions revisions) {
        this.jdbc = jdbc;
        this.revisions = revisions;
    }

    /** A notice's row, before its revision is read. */
    private record Shown(
            NoticeId id,
            boolean exercise,
            PublicState state,
            String slug,
            Instant firstPublishedAt,
            Instant publishedAt,
            Instant changedAt,
            Instant until,
            int sequence,
            Optional<Withdrawal> withdrawal) {}

    @Override
    public boolean any(TownId town) {
        return jdbc.sql("SELECT 1 FROM notice n WHERE " + LISTED + " AND n.public_revision IS NOT NULL LIMIT 1")
                .param("town", town.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public Optional<Instant> nextEnd(TownId town, Instant now) {
        return jdbc.sql("SELECT MIN(n.until_at) FROM notice n WHERE " + LISTED
                        + " AND n.public_state = 'PUBLISHED' AND n.until_at > :now")
                .param("town", town.value())
                .param("now", Millis.of(now))
                .query((row, number) -> Optional.ofNullable(Millis.toInstantOrNull(row.getObject(1))))
                .single();
    }

    @Override
    public Optional<PublishedNotice> find(TownId town, NoticeId id) {
        return whole(
                        town,
                        jdbc.sql("SELECT " + COLUMNS + """
                                         FROM notice n
                                        WHERE n.town_id = :town AND n.id = :id AND n.public_revision IS NOT NULL
                                        """)
                                .param("town", town.value())
                                .param("id", id.value()))
                .stream()
                .findFirst();
    }

    @Override
    public List<PublishedNotice> current(TownId town, Filter filter, Instant now, @Nullable Cursor after, int limit) {
        return whole(
                town,
                from(after, filtered(STANDING + before(after), filter, NEWEST_FIRST, town, limit))
                        .param("now", Millis.of(now)));
    }

    @Override
    public int count(TownId town, Filter filter, Instant from, Instant before, Instant now) {
        String which = STANDING + " AND n.first_published_at >= :from AND n.first_published_at < :before";
        return filled("SELECT count(*) FROM notice n WHERE " + which + chosen(filter), filter, town, 1)
                .param("now", Millis.of(now))
                .param("from", Millis.of(from))
                .param("before", Millis.of(before))
                .query(Integer.class)
                .single();
    }

    @Override
    public List<PublishedNotice> latest(TownId town, Filter filter, Instant now, int limit) {
        return whole(
                town,
                filtered(STANDING, filter, "n.changed_at DESC, n.id DESC", town, limit)
                        .param("now", Millis.of(now)));
    }

    private static String before(@Nullable Cursor cursor) {
        return cursor == null ? "" : " AND (n.first_published_at, n.id) < (:at, :id)";
    }

    private static JdbcClient.StatementSpec from(@Nullable Cursor cursor, JdbcClient.StatementSpec query) {
        return cursor == null
                ? query
                : query.param("at", Millis.of(cursor.at()))
                        .param("id", cursor.id().value());
    }

    @Override
    public List<PublishedNotice> events(TownId town, Filter filter, Instant now, int limit) {
        Filter events = new Filter(Kind.EVENT, filter.theme(), filter.district(), filter.channel());
        return whole(
                town,
                filtered(STANDING, events, "n.starts_at, n.id", town, limit).param("now", Millis.of(now)));
    }

    @Override
    public List<PublishedNotice> events(TownId town, Filter filter, Instant from, Instant before, int limit) {
        Filter events = new Filter(Kind.EVENT, filter.theme(), filter.district(), filter.channel());
        return whole(
                town,
                filtered(STANDING + " AND n.starts_at < :before", events, "n.starts_at, n.id", town, limit)
                        .param("now", Millis.of(from))
                        .param("before", Millis.of(before)));
    }

    @Override
    public List<PublishedNotice> emergencies(TownId town, Instant now) {
        return whole(
                town,
                filtered(STANDING, Filter.of(Kind.EMERGENCY), "n.severity DESC, n.published_at DESC", town, 20)
                        .param("now", Millis.of(now)));
    }

    @Override
    public List<PublishedNotice> archive(TownId town, YearMonth month, ZoneId zone, @Nullable Cursor after, int limit) {
        return whole(
                town,
                from(after, filtered(PUBLISHED_FROM_TO + before(after), Filter.ALL, NEWEST_FIRST, town, limit))
                        .param("from", from(month, zone))
                        .param("end", from(month.plusMonths(1), zone)));
    }

    private static long from(YearMonth month, ZoneId zone) {
        return Millis.of(month.atDay(1).atStartOfDay(zone).toInstant());
    }

    @Override
    public Map<YearMonth, Integer> archiveMonths(TownId town) {
        Map<YearMonth, Integer> months = new LinkedHashMap<>();
        jdbc.sql("SELECT month, notices FROM notice_month WHERE town_id = :town AND notices > 0 ORDER BY month DESC")
                .param("town", town.value())
                .query((row, n) -> months.put(YearMonth.parse(row.getString("month")), row.getInt("notices")))
                .list();
        return months;
    }

    @Override
    public List<Gone> gone(TownId town, String channel, Filter filter, Instant since, int limit) {
        return gone(
                town, left("w.gone_at >= :since", filter, town, channel, limit).param("since", Millis.of(since)));
    }

    @Override
    public Optional<Gone> gone(TownId town, String channel, NoticeId id) {
        return gone(
                        town,
                        left("w.notice_id = :id", Filter.ALL, town, channel, 1).param("id", id.value()))
                .stream()
                .findFirst();
    }

    /** What came to these readers over {@code channel}, by whichever of their choices, and comes by none any more. */
    private JdbcClient.StatementSpec left(String which, Filter filter, TownId town, String channel, int limit) {
        StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + """
                , MAX(w.gone_at) AS gone_at FROM notice_way w JOIN notice n ON n.town_id = w.town_id AND n.id = w.notice_id
                WHERE w.town_id = :town AND w.channel = :way AND w.gone_at IS NOT NULL AND\s""");
        sql.append(LISTED)
                .append(" AND ")
                .append(which)
                .append(reached("w", filter))
                .append("""
                 AND NOT EXISTS (SELECT 1 FROM notice_way s WHERE s.town_id = w.town_id AND s.notice_id = w.notice_id
                AND s.channel = w.channel AND s.gone_at IS NULL""")
                .append(reached("s", filter))
                .append(')');
        sql.append(ofKind(filter));
        sql.append(" GROUP BY n.town_id, n.id ORDER BY gone_at DESC, n.id DESC LIMIT :limit");
        return filled(sql.toString(), filter, town, limit).param("way", channel);
    }

    /** 0: it reaches everybody, whatever they chose. */
    private static String reached(String way, Filter filter) {
        return (filter.theme() == null ? "" : " AND " + way + ".theme_id IN (0, :theme)")
                + (filter.district() == null ? "" : " AND " + way + ".district_id IN (0, :district)");
    }

    private List<Gone> gone(TownId town, JdbcClient.StatementSpec query) {
        Map<NoticeId, Instant> left = new LinkedHashMap<>();
        List<Shown> rows = query.query((row, n) -> {
                    Shown shown = shown(row, n);
                    left.put(shown.id(), Millis.toInstant(row.getLong("gone_at")));
                    return shown;
                })
                .list();
        return whole(town, rows).stream()
                .map(notice -> new Gone(notice, Objects.requireNonNull(left.get(notice.id()))))
                .toList();
    }

    @Override
    public List<Permalink> permalinks(TownId town, YearMonth month, ZoneId zone) {
        return jdbc.sql("SELECT n.id, n.slug, n.changed_at FROM notice n WHERE " + PUBLISHED_FROM_TO
                        + " ORDER BY n.first_published_at, n.id LIMIT :limit")
                .param("town", town.value())
                .param("from", from(month, zone))
                .param("end", from(month.plusMonths(1), zone))
                .param("limit", MOST_PERMALINKS)
                .query((row, n) -> new Permalink(
                        new NoticeId(row.getLong("id")),
                        row.getString("slug"),
                        Millis.toInstant(row.getLong("changed_at"))))
                .list();
    }

    private JdbcClient.StatementSpec filtered(String which, Filter filter, String order, TownId town, int limit) {
        String sql = "SELECT " + COLUMNS + " FROM notice n WHERE " + which + chosen(filter) + " ORDER BY " + order
                + " LIMIT :limit";
        return filled(sql, filter, town, limit);
    }

    private static String chosen(Filter filter) {
        StringBuilder sql = new StringBuilder(ofKind(filter));
        if (filter.theme() != null) {
            // Whoever chose a theme did not choose to miss an alert.
            sql.append(" AND (n.kind = 'EMERGENCY' OR ")
                    .append(chosenOrOpen("notice_theme", "theme_id", ":theme"))
                    .append(')');
        }
        if (filter.district() != null) {
            sql.append(" AND ").append(chosenOrOpen("notice_district", "district_id", ":district"));
        }
        if (filter.channel() != null) {
            sql.append(" AND EXISTS (SELECT 1 FROM notice_channel c")
                    .append(" WHERE c.town_id = n.town_id AND c.notice_id = n.id AND c.channel = :channel)");
        }
        return sql.toString();
    }

    private static String ofKind(Filter filter) {
        if (filter.kind() == null) {
            return "";
        }
        return filter.alerts() ? " AND n.kind IN (:kind, 'EMERGENCY')" : " AND n.kind = :kind";
    }

    private JdbcClient.StatementSpec filled(String sql, Filter filter, TownId town, int limit) {
        return jdbc.sql(sql)
                .param("town", town.value())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("theme", filter.theme())
                .param("district", filter.district())
                .param("channel", filter.channel())
                .param("limit", limit);
    }

    /** A notice without a choice in a dimension reaches everybody in it. */
    private static String chosenOrOpen(String table, String column, String value) {
        String of = " FROM " + table + " t WHERE t.town_id = n.town_id AND t.notice_id = n.id";
        return "(NOT EXISTS (SELECT 1" + of + ") OR EXISTS (SELECT 1" + of + " AND t." + column + " = " + value + "))";
    }

    private List<PublishedNotice> whole(TownId town, JdbcClient.StatementSpec query) {
        return whole(town, query.query(JdbcPublicNotices::shown).list());
    }

    private List<PublishedNotice> whole(TownId town, List<Shown> rows) {
        List<Long> ids = rows.stream().map(row -> row.id().value()).toList();
        Map<Long, Revision> revision = revisions.shown(town, ids);
        var corrections = revisions.corrections(town, ids);
        return rows.stream()
                .map(row -> {
                    Revision shown = revision.get(row.id().value());
                    return new PublishedNotice(
                            row.id(),
                            town,
                            shown.content().kind(),
                            row.exercise(),
                            row.state(),
                            shown.number(),
                            row.slug(),
                            row.firstPublishedAt(),
                            row.publishedAt(),
                            row.changedAt(),
                            row.until(),
                            row.sequence(),
                            shown.content(),
                            shown.renditions(),
                            corrections.getOrDefault(row.id().value(), List.of()),
                            row.withdrawal());
                })
                .toList();
    }

    private static Shown shown(ResultSet row, int number) throws SQLException {
        Instant withdrawn = Millis.toInstantOrNull(row.getObject("withdrawn_at"));
        return new Shown(
                new NoticeId(row.getLong("id")),
                row.getObject("exercise_since") != null,
                PublicState.valueOf(row.getString("public_state")),
                row.getString("slug"),
                Millis.toInstant(row.getLong("first_published_at")),
                Millis.toInstant(row.getLong("published_at")),
                Millis.toInstant(row.getLong("changed_at")),
                Millis.toInstant(row.getLong("until_at")),
                row.getInt("sequence"),
                withdrawn == null
                        ? Optional.empty()
                        : Optional.of(new Withdrawal(withdrawn, row.getString("withdrawal_reason"))));
    }
}
