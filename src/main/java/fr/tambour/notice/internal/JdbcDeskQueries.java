package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.StaffNotice;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.text.Folding;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional(readOnly = true)
class JdbcDeskQueries implements DeskQueries {

    private static final String ROW =
            "n.id, n.kind, n.draft_state, n.public_state, n.title, n.touched_at, n.touched_by, n.due_at, n.until_at, n.published_at, n.latest_revision";

    private final JdbcClient jdbc;
    private final Database database;
    private final ContentJson json;
    private final Revisions revisions;
    private final PublicNotices published;
    private final Notices notices;

    JdbcDeskQueries(
            JdbcClient jdbc,
            Database database,
            ContentJson json,
            Revisions revisions,
            PublicNotices published,
            Notices notices) {
        this.jdbc = jdbc;
        this.database = database;
        this.json = json;
        this.revisions = revisions;
        this.published = published;
        this.notices = notices;
    }

    @Override
    public Page list(TownId town, Selection selection, @Nullable String cursor, int limit) {
        Optional<Cursor> after = Optional.ofNullable(cursor).map(Cursor::read);
        List<Row> rows = asked(listed(selection, after.isPresent()), town, selection)
                .param("touched", after.map(Cursor::touched).orElse(0L))
                .param("last", after.map(Cursor::id).orElse(0L))
                .param("limit", limit + 1)
                .query(JdbcDeskQueries::row)
                .list();
        if (rows.size() <= limit) {
            return new Page(rows, Optional.empty());
        }
        Row last = rows.get(limit - 1);
        return new Page(
                rows.subList(0, limit),
                Optional.of(new Cursor(Millis.of(last.touchedAt()), last.id().value()).write()));
    }

    String listed(Selection selection, boolean further) {
        return "SELECT " + ROW + " FROM notice n WHERE " + which(selection)
                + (further ? " AND (n.touched_at, n.id) < (:touched, :last)" : "")
                + " ORDER BY n.touched_at DESC, n.id DESC LIMIT :limit";
    }

    @Override
    public int count(TownId town, Selection selection) {
        return asked("SELECT COUNT(*) FROM notice n WHERE " + which(selection), town, selection)
                .query(Integer.class)
                .single();
    }

    private String which(Selection selection) {
        StringBuilder sql = new StringBuilder("n.town_id = :town");
        if (selection.draft() == null && selection.publicState() == null) {
            // What was thrown away after it had been submitted keeps its history, and is on no list.
            sql.append(" AND NOT (n.draft_state = 'NONE' AND n.public_state = 'NONE')");
        }
        if (selection.draft() != null) {
            sql.append(" AND n.draft_state = :draft");
        }
        if (selection.publicState() != null) {
            sql.append(" AND n.public_state = :shown");
        }
        if (selection.kind() != null) {
            sql.append(" AND n.kind = :kind");
        }
        if (!selection.text().isBlank()) {
            // What has neither letter nor digit is found nowhere.
            sql.append(
                    Folding.words(selection.text()).isEmpty()
                            ? " AND 1 = 0"
                            : database.pick(
                                    " AND n.id IN (SELECT rowid FROM notice_search WHERE notice_search MATCH :match)",
                                    " AND to_tsvector('simple', n.folded) @@ to_tsquery('simple', :match)"));
        }
        return sql.toString();
    }

    /** Each word asked for begins a word of the notice. */
    private String match(TownId town, String text) {
        List<String> words = Folding.words(text);
        return database.pick(
                "town : \"" + town.value() + "\" AND words : ("
                        + words.stream().map(word -> "\"" + word + "\"*").collect(Collectors.joining(" AND ")) + ")",
                words.stream().map(word -> word + ":*").collect(Collectors.joining(" & ")));
    }

    private JdbcClient.StatementSpec asked(String sql, TownId town, Selection selection) {
        return jdbc.sql(sql)
                .param("town", town.value())
                .param(
                        "draft",
                        selection.draft() == null ? null : selection.draft().name())
                .param(
                        "shown",
                        selection.publicState() == null
                                ? null
                                : selection.publicState().name())
                .param(
                        "kind",
                        selection.kind() == null ? null : selection.kind().name())
                .param("match", match(town, selection.text()));
    }

    @Override
    public List<Row> scheduled(TownId town, int limit) {
        return jdbc.sql("SELECT " + ROW + """
                         FROM notice n WHERE n.town_id = :town AND n.public_state = 'SCHEDULED'
                        ORDER BY n.due_at, n.id LIMIT :limit
                        """)
                .param("town", town.value())
                .param("limit", limit)
                .query(JdbcDeskQueries::row)
                .list();
    }

    @Override
    public List<Row> endingBefore(TownId town, Instant now, Instant before, int limit) {
        return jdbc.sql("SELECT " + ROW + """
                         FROM notice n WHERE n.town_id = :town AND n.public_state = 'PUBLISHED' AND n.until_at > :now
                        AND n.until_at < :before ORDER BY n.until_at, n.id LIMIT :limit
                        """)
                .param("town", town.value())
                .param("now", Millis.of(now))
                .param("before", Millis.of(before))
                .param("limit", limit)
                .query(JdbcDeskQueries::row)
                .list();
    }

    @Override
    public Map<NoticeId, String> titles(TownId town, Set<NoticeId> ids) {
        Map<NoticeId, String> titles = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT n.id, n.title FROM notice n WHERE n.town_id = :town AND n.id IN (:ids)")
                    .param("town", town.value())
                    .param("ids", ids.stream().map(NoticeId::value).toList())
                    .query(row -> {
                        titles.put(new NoticeId(row.getLong("id")), row.getString("title"));
                    });
        }
        return titles;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new NoticeId(row.getLong("id")),
                Kind.valueOf(row.getString("kind")),
                JdbcNotices.standing(row),
                row.getString("title"),
                Millis.toInstant(row.getLong("touched_at")),
                new PersonId(row.getLong("touched_by")),
                Millis.toInstantOrNull(row.getObject("due_at")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                Millis.toInstantOrNull(row.getObject("published_at")),
                row.getInt("latest_revision"));
    }

    @Override
    public Optional<StaffNotice> find(TownId town, NoticeId id) {
        Optional<StaffNotice.Draft> draft = draft(town, id);
        Optional<PublishedNotice> shown = published.find(town, id);
        Set<PersonId> contributors = notices.contributors(town, id);
        return jdbc.sql("""
                        SELECT kind, draft_state, public_state, title, due_at, latest_revision, internal_note, created_by, created_at
                        FROM notice WHERE town_id = :town AND id = :id
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .query((row, n) -> {
                    Standing standing = JdbcNotices.standing(row);
                    return new StaffNotice(
                            id,
                            town,
                            Kind.valueOf(row.getString("kind")),
                            standing,
                            Lifecycle.legal(standing),
                            row.getInt("latest_revision"),
                            row.getString("title"),
                            row.getString("internal_note"),
                            new PersonId(row.getLong("created_by")),
                            Millis.toInstant(row.getLong("created_at")),
                            Millis.toInstantOrNull(row.getObject("due_at")),
                            contributors,
                            draft,
                            shown,
                            draft.isEmpty() && shown.isEmpty()
                                    ? revisions
                                            .find(town, id, row.getInt("latest_revision"))
                                            .map(StaffNotice.Revision::content)
                                    : Optional.empty());
                })
                .optional();
    }

    private Optional<StaffNotice.Draft> draft(TownId town, NoticeId id) {
        return jdbc.sql("""
                        SELECT d.version, d.content, d.reason, d.revision, d.updated_at, d.updated_by, d.submitted_by, d.approved_by,
                          d.approved_at, n.draft_state
                        FROM notice_draft d JOIN notice n ON n.town_id = d.town_id AND n.id = d.notice_id
                        WHERE d.town_id = :town AND d.notice_id = :id
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .query((row, n) -> new StaffNotice.Draft(
                        DraftState.valueOf(row.getString("draft_state")),
                        row.getLong("version"),
                        json.content(row.getString("content")),
                        row.getString("reason"),
                        integer(row, "revision"),
                        Millis.toInstant(row.getLong("updated_at")),
                        new PersonId(row.getLong("updated_by")),
                        person(row, "submitted_by"),
                        person(row, "approved_by"),
                        Millis.toInstantOrNull(row.getObject("approved_at"))))
                .optional();
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable PersonId person(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new PersonId(value);
    }

    @Override
    public List<StaffNotice.HistoryEntry> history(TownId town, NoticeId id) {
        return jdbc.sql("""
                        SELECT at, person_id, action, draft_state, public_state, revision, reason FROM notice_history
                        WHERE town_id = :town AND notice_id = :id ORDER BY id
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .query((row, n) -> entry(row))
                .list();
    }

    private static StaffNotice.HistoryEntry entry(ResultSet row) throws SQLException {
        return new StaffNotice.HistoryEntry(
                Millis.toInstant(row.getLong("at")),
                Optional.of(row.getLong("person_id"))
                        .filter(person -> person != 0)
                        .map(PersonId::new),
                Action.valueOf(row.getString("action")),
                new Standing(
                        DraftState.valueOf(row.getString("draft_state")),
                        PublicState.valueOf(row.getString("public_state"))),
                row.getInt("revision"),
                row.getString("reason"));
    }

    @Override
    public Map<NoticeId, StaffNotice.HistoryEntry> offSchedule(TownId town, Collection<NoticeId> ids) {
        Map<NoticeId, StaffNotice.HistoryEntry> found = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            SELECT h.notice_id, h.at, h.person_id, h.action, h.draft_state, h.public_state, h.revision, h.reason
                            FROM notice_history h JOIN notice n ON n.town_id = h.town_id AND n.id = h.notice_id
                            WHERE h.town_id = :town AND h.notice_id IN (:ids) AND h.action IN ('MISS', 'UNSCHEDULE')
                              AND h.at >= n.touched_at AND n.draft_state = 'DRAFT'
                            ORDER BY h.id
                            """)
                    .param("town", town.value())
                    .param("ids", ids.stream().map(NoticeId::value).toList())
                    .query(row -> {
                        found.put(new NoticeId(row.getLong("notice_id")), entry(row));
                    });
        }
        return found;
    }

    @Override
    public Optional<StaffNotice.Revision> revision(TownId town, NoticeId id, int number) {
        return revisions.find(town, id, number);
    }

    @Override
    public List<StaffNotice.Revision> revisions(TownId town, NoticeId id) {
        return revisions.all(town, id);
    }

    /** Where a page ended. Opaque to whoever carries it, checked when it comes back. */
    private record Cursor(long touched, long id) {

        String write() {
            return Long.toString(touched, Character.MAX_RADIX) + "." + Long.toString(id, Character.MAX_RADIX);
        }

        static Cursor read(String text) {
            try {
                String[] parts = text.split("\\.", 2);
                return new Cursor(
                        Long.parseLong(parts[0], Character.MAX_RADIX), Long.parseLong(parts[1], Character.MAX_RADIX));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new Refusal(HttpStatus.BAD_REQUEST, "page.cursor");
            }
        }
    }
}
