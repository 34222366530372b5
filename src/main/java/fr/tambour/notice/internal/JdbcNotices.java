package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.text.Folding;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcNotices implements Notices {

    /** How much of a body the studio searches in, in characters. */
    private static final int SEARCHED = 2_000;

    private final JdbcClient jdbc;
    private final Database database;
    private final Towns towns;
    private final MonthCounts months;

    JdbcNotices(JdbcClient jdbc, Database database, Towns towns, MonthCounts months) {
        this.jdbc = jdbc;
        this.database = database;
        this.towns = towns;
        this.months = months;
    }

    @Override
    public boolean create(
            NoticeId id,
            TownId town,
            Content content,
            @Nullable Instant exerciseSince,
            String title,
            PersonId by,
            Instant at) {
        return jdbc.sql("""
                        INSERT INTO notice (town_id, id, kind, exercise_since, draft_state, public_state, latest_revision, slug, title, folded,
                          internal_note, created_at, created_by, touched_at, touched_by, severity, sequence)
                        VALUES (:town, :id, :kind, :exercise, 'DRAFT', 'NONE', 0, '', :title, :folded, '', :at, :by, :at, :by, 0, 0)
                        ON CONFLICT (town_id, id) DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("id", id.value())
                        .param("kind", content.kind().name())
                        .param("exercise", Millis.ofNullable(exerciseSince), Types.BIGINT)
                        .param("title", title)
                        .param("folded", folded(title, content))
                        .param("at", Millis.of(at))
                        .param("by", by.value())
                        .update()
                == 1;
    }

    @Override
    public Optional<Held> hold(TownId town, NoticeId id) {
        // SQLite's one writer holds the whole database already.
        return jdbc.sql("""
                        SELECT id, town_id, kind, exercise_since, draft_state, public_state, latest_revision, public_revision, slug,
                          sequence, internal_note, created_by, first_published_at, due_at, until_at
                        FROM notice WHERE town_id = :town AND id = :id
                        """ + database.pick("", " FOR UPDATE"))
                .param("town", town.value())
                .param("id", id.value())
                .query(JdbcNotices::held)
                .optional();
    }

    private static Held held(ResultSet row, int number) throws SQLException {
        int shown = row.getInt("public_revision");
        Integer publicRevision = row.wasNull() ? null : shown;
        return new Held(
                new NoticeId(row.getLong("id")),
                new TownId(row.getLong("town_id")),
                Kind.valueOf(row.getString("kind")),
                Millis.toInstantOrNull(row.getObject("exercise_since")),
                standing(row),
                row.getInt("latest_revision"),
                publicRevision,
                row.getString("slug"),
                row.getInt("sequence"),
                row.getString("internal_note"),
                new PersonId(row.getLong("created_by")),
                Millis.toInstantOrNull(row.getObject("first_published_at")),
                Millis.toInstantOrNull(row.getObject("due_at")),
                Millis.toInstantOrNull(row.getObject("until_at")));
    }

    static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                DraftState.valueOf(row.getString("draft_state")), PublicState.valueOf(row.getString("public_state")));
    }

    /** What happens by itself when due leaves on record who last had the notice in hand. */
    @Override
    public void move(Held notice, Move move) {
        String touched = move.by().equals(PersonId.SYSTEM) ? "" : ", touched_by = :by";
        update(notice, "draft_state = :draft, public_state = :shown, due_at = :due, touched_at = :at" + touched)
                .param("draft", move.to().draft().name())
                .param("shown", move.to().publicState().name())
                .param("due", Millis.ofNullable(move.due()))
                .param("at", Millis.of(move.at()))
                .param("by", move.by().value())
                .update();
    }

    private JdbcClient.StatementSpec update(Held notice, String assignments) {
        return of(notice, "UPDATE notice SET " + assignments + " WHERE town_id = :town AND id = :id");
    }

    private JdbcClient.StatementSpec of(Held notice, String sql) {
        return jdbc.sql(sql)
                .param("town", notice.town().value())
                .param("id", notice.id().value());
    }

    @Override
    public void describe(Held notice, Content content, String title) {
        update(notice, "kind = :kind, title = :title, folded = :folded")
                .param("kind", content.kind().name())
                .param("title", title)
                .param("folded", folded(title, content))
                .update();
    }

    @Override
    public void note(Held notice, String internalNote, PersonId by, Instant at) {
        update(notice, "internal_note = :note, touched_at = :at, touched_by = :by")
                .param("note", internalNote)
                .param("at", Millis.of(at))
                .param("by", by.value())
                .update();
    }

    @Override
    public void forget(Held notice) {
        of(notice, "DELETE FROM notice WHERE town_id = :town AND id = :id").update();
    }

    @Override
    public void submitted(Held notice, int number) {
        update(notice, "latest_revision = :number").param("number", number).update();
    }

    @Override
    public void publish(
            Held notice,
            int revision,
            Content content,
            String title,
            String slug,
            Instant at,
            Instant until,
            @Nullable Instant starts) {
        boolean first = notice.firstPublishedAt() == null;
        update(notice, """
                        kind = :kind, public_revision = :revision, title = :title, slug = :slug, folded = :folded, until_at = :until,
                        starts_at = :starts, severity = :severity, published_at = :at, changed_at = :at,
                        first_published_at = COALESCE(first_published_at, :at), sequence = :sequence
                        """)
                .param("kind", content.kind().name())
                .param("revision", revision)
                .param("title", title)
                .param("slug", slug)
                .param("folded", folded(title, content))
                .param("until", Millis.of(until))
                .param("starts", Millis.ofNullable(starts))
                .param("severity", severity(content))
                .param("at", Millis.of(at))
                .param("sequence", first ? 0 : notice.sequence() + 1)
                .update();
        choices(notice, "notice_theme", "theme_id", content.themes());
        choices(notice, "notice_district", "district_id", content.districts());
        choices(notice, "notice_channel", "channel", content.channels());
        if (first && !notice.exercise()) {
            months.add(towns.get(notice.town()), at, 1);
        }
    }

    private void choices(Held notice, String table, String column, Set<?> values) {
        of(notice, "DELETE FROM " + table + " WHERE town_id = :town AND notice_id = :id")
                .update();
        values.forEach(value -> of(
                        notice,
                        "INSERT INTO " + table + " (town_id, notice_id, " + column + ") VALUES (:town, :id, :value)")
                .param("value", value)
                .update());
    }

    @Override
    public void ended(Held notice, Instant at) {
        update(notice, "changed_at = :at").param("at", Millis.of(at)).update();
    }

    @Override
    public void withdraw(Held notice, Instant at, String reason) {
        update(notice, """
                        withdrawn_at = :at, withdrawal_reason = :reason, changed_at = :at, sequence = sequence + 1
                        """).param("at", Millis.of(at)).param("reason", reason).update();
        if (notice.firstPublishedAt() != null && !notice.exercise()) {
            months.add(towns.get(notice.town()), notice.firstPublishedAt(), -1);
        }
    }

    private static int severity(Content content) {
        return content.emergency() == null || content.emergency().severity() == null
                ? 0
                : content.emergency().severity().ordinal() + 1;
    }

    /** What the studio searches in: what it is called, every title and summary, and the start of every body. */
    private static String folded(String called, Content content) {
        return Stream.concat(
                        Stream.of(called),
                        content.words().values().stream()
                                .map(words -> words.title() + " " + words.summary() + " " + beginning(words.body())))
                .flatMap(text -> Folding.words(text).stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String beginning(String body) {
        return body.substring(0, Math.min(body.length(), SEARCHED));
    }
}
