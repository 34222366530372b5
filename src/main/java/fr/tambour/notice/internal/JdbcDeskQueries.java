package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Carriage;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.ExerciseReport;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.text.Folding;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional(readOnly = true)
class JdbcDeskQueries implements DeskQueries {

    private static final String ROW =
            "n.id, n.kind, n.exercise_since, n.draft_state, n.public_state, n.title, n.touched_at, n.touched_by, n.due_at, n.until_at, n.published_at, n.latest_revision, n.public_revision";

    /** What was thrown away after it had been submitted keeps its history, and is on no list. */
    private static final String NOT_THROWN_AWAY = "NOT (n.draft_state = 'NONE' AND n.public_state = 'NONE')";

    /** More than an exercise takes until it has come out. */
    private static final int STEPS_OF_EXERCISE = 500;

    private final JdbcClient jdbc;
    private final Database database;
    private final Drafts drafts;
    private final Revisions revisions;
    private final Histories histories;
    private final PublicNotices published;
    private final ObjectProvider<Carriage> carriage;

    JdbcDeskQueries(
            JdbcClient jdbc,
            Database database,
            Drafts drafts,
            Revisions revisions,
            Histories histories,
            PublicNotices published,
            ObjectProvider<Carriage> carriage) {
        this.carriage = carriage;
        this.jdbc = jdbc;
        this.database = database;
        this.drafts = drafts;
        this.revisions = revisions;
        this.histories = histories;
        this.published = published;
    }

    @Override
    public boolean any(TownId town) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM notice n WHERE n.town_id = :town AND " + NOT_THROWN_AWAY + ")")
                .param("town", town.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public Page<Row> list(TownId town, Selection selection, @Nullable String cursor, int limit) {
        Optional<Cursor> after = Optional.ofNullable(cursor).map(Cursor::read);
        List<Row> rows = asked(listed(selection, after.isPresent()), town, selection)
                .param("touched", after.map(Cursor::touched).orElse(0L))
                .param("last", after.map(Cursor::id).orElse(0L))
                .param("limit", limit + 1)
                .query(JdbcDeskQueries::row)
                .list();
        return Pages.cut(
                rows,
                limit,
                last -> new Cursor(Millis.of(last.touchedAt()), last.id().value()).write());
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
            sql.append(" AND ").append(NOT_THROWN_AWAY);
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
        if (selection.exercise() != null) {
            sql.append(" AND n.exercise_since IS ").append(selection.exercise() ? "NOT NULL" : "NULL");
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
    public List<Row> exercises(TownId town, Instant now) {
        // Each page of the studio asks: among the standing alerts alone (notice_events), not among all that stands.
        return jdbc.sql("SELECT " + ROW + """
                         FROM notice n WHERE n.town_id = :town AND n.public_state = 'PUBLISHED' AND n.kind = 'EMERGENCY'
                        AND +n.until_at > :now AND n.exercise_since IS NOT NULL
                        ORDER BY +n.first_published_at DESC, n.id DESC LIMIT 20
                        """)
                .param("town", town.value())
                .param("now", Millis.of(now))
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
                row.getObject("exercise_since") != null,
                JdbcNotices.standing(row),
                row.getString("title"),
                Millis.toInstant(row.getLong("touched_at")),
                new PersonId(row.getLong("touched_by")),
                Millis.toInstantOrNull(row.getObject("due_at")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                Millis.toInstantOrNull(row.getObject("published_at")),
                row.getInt("latest_revision"),
                row.getInt("public_revision"));
    }

    @Override
    public List<OffSchedule> offSchedule(TownId town, int limit) {
        return jdbc.sql("SELECT " + ROW + """
                        , h.action, h.reason
                        FROM notice n JOIN notice_history h ON h.town_id = n.town_id AND h.notice_id = n.id
                        WHERE n.town_id = :town AND n.draft_state = 'DRAFT'
                          AND h.id = (SELECT MAX(l.id) FROM notice_history l WHERE l.town_id = n.town_id AND l.notice_id = n.id)
                          AND h.action IN ('MISS', 'UNSCHEDULE') AND h.at >= n.touched_at
                        ORDER BY n.touched_at DESC, n.id DESC LIMIT :limit
                        """)
                .param("town", town.value())
                .param("limit", limit)
                .query((row, n) ->
                        new OffSchedule(row(row, n), Action.valueOf(row.getString("action")), row.getString("reason")))
                .list();
    }

    @Override
    public Optional<StaffNotice> find(TownId town, NoticeId id) {
        Optional<WorkingDraft> draft = drafts.find(town, id);
        Optional<PublishedNotice> shown = published.find(town, id);
        Set<PersonId> contributors = drafts.contributors(town, id);
        return jdbc.sql("""
                        SELECT kind, exercise_since, draft_state, public_state, title, due_at, latest_revision, internal_note, created_by, created_at
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
                            Millis.toInstantOrNull(row.getObject("exercise_since")),
                            standing,
                            Lifecycle.legal(standing),
                            row.getInt("latest_revision"),
                            row.getString("title"),
                            row.getString("internal_note"),
                            new PersonId(row.getLong("created_by")),
                            Millis.toInstant(row.getLong("created_at")),
                            Millis.toInstantOrNull(row.getObject("due_at")),
                            contributors,
                            draft.map(working -> draft(standing, working)),
                            shown,
                            draft.isEmpty() && shown.isEmpty()
                                    ? revisions
                                            .find(town, id, row.getInt("latest_revision"))
                                            .map(StaffNotice.Revision::content)
                                    : Optional.empty());
                })
                .optional();
    }

    private static StaffNotice.Draft draft(Standing standing, WorkingDraft working) {
        return new StaffNotice.Draft(
                standing.draft(),
                working.version(),
                working.content(),
                working.reason(),
                working.revision(),
                working.updatedAt(),
                working.updatedBy(),
                working.submittedBy(),
                working.approvedBy(),
                working.approvedAt());
    }

    @Override
    public Page<StaffNotice.HistoryEntry> history(
            TownId town, NoticeId id, Order order, @Nullable String cursor, int limit) {
        return histories.page(town, id, order, cursor, limit);
    }

    @Override
    public Optional<ExerciseReport> exerciseReport(TownId town, NoticeId id) {
        return find(town, id)
                .filter(StaffNotice::exercise)
                .flatMap(notice -> ExerciseReport.of(
                        notice,
                        history(town, id, Order.OLDEST_FIRST, null, STEPS_OF_EXERCISE)
                                .rows(),
                        carriage.stream()
                                .flatMap(known -> known.published(town, id).stream())
                                .toList()));
    }

    @Override
    public Optional<StaffNotice.HistoryEntry> lastStep(TownId town, NoticeId id, Action action) {
        return histories.last(town, id, action);
    }

    @Override
    public Optional<StaffNotice.Revision> revision(TownId town, NoticeId id, int number) {
        return revisions.find(town, id, number);
    }

    @Override
    public Page<StaffNotice.Revision> revisions(
            TownId town, NoticeId id, Order order, @Nullable String cursor, int limit) {
        return revisions.page(town, id, order, cursor, limit);
    }

    /** Where a page of a list ended. */
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
                throw Pages.unknown();
            }
        }
    }
}
