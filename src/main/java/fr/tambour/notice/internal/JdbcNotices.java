package fr.tambour.notice.internal;

import fr.tambour.media.Media;
import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Correction;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.Rendition;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import fr.tambour.text.Folding;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcNotices implements Notices {

    private static final String DRAFT = "draft";

    /** How much of a body the studio searches in, in characters. */
    private static final int SEARCHED = 2_000;

    private final JdbcClient jdbc;
    private final Database database;
    private final ContentJson json;
    private final Towns towns;
    private final Media media;
    private final Revisions revisions;

    JdbcNotices(JdbcClient jdbc, Database database, ContentJson json, Towns towns, Media media, Revisions revisions) {
        this.jdbc = jdbc;
        this.database = database;
        this.json = json;
        this.towns = towns;
        this.media = media;
        this.revisions = revisions;
    }

    @Override
    public boolean create(NoticeId id, TownId town, Content content, String title, PersonId by, Instant at) {
        int created = jdbc.sql("""
                        INSERT INTO notice (town_id, id, kind, draft_state, public_state, latest_revision, slug, title, folded,
                          internal_note, created_at, created_by, touched_at, touched_by, severity, sequence)
                        VALUES (:town, :id, :kind, 'DRAFT', 'NONE', 0, '', :title, :folded, '', :at, :by, :at, :by, 0, 0)
                        ON CONFLICT (town_id, id) DO NOTHING
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .param("kind", content.kind().name())
                .param("title", title)
                .param("folded", folded(content))
                .param("at", Millis.of(at))
                .param("by", by.value())
                .update();
        if (created == 1) {
            insertDraft(town, id, content, by, at);
        }
        return created == 1;
    }

    private void insertDraft(TownId town, NoticeId id, Content content, PersonId by, Instant at) {
        jdbc.sql("""
                        INSERT INTO notice_draft (town_id, notice_id, version, content, reason, updated_at, updated_by)
                        VALUES (:town, :id, 1, :content, '', :at, :by)
                        """)
                .param("town", town.value())
                .param("id", id.value())
                .param("content", json.write(content))
                .param("at", Millis.of(at))
                .param("by", by.value())
                .update();
        claim(town, id, DRAFT, content);
    }

    /** So that no picture goes while a draft or a revision shows it. */
    private void claim(TownId town, NoticeId id, String part, @Nullable Content content) {
        media.claim(
                town.value(),
                "notice/" + id.ref() + "/" + part,
                content == null
                        ? List.of()
                        : content.pictures().stream().map(PictureUse::hash).toList());
    }

    @Override
    public Optional<Held> hold(TownId town, NoticeId id) {
        // SQLite's one writer holds the whole database already.
        return jdbc.sql("""
                        SELECT id, town_id, kind, draft_state, public_state, latest_revision, public_revision, slug,
                          sequence, created_by, first_published_at, due_at, until_at
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
                standing(row),
                row.getInt("latest_revision"),
                publicRevision,
                row.getString("slug"),
                row.getInt("sequence"),
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
    public void forget(Held notice) {
        dropDraft(notice);
        Stream.of("notice_history", "notice_contributor")
                .forEach(table -> of(notice, "DELETE FROM " + table + " WHERE town_id = :town AND notice_id = :id")
                        .update());
        of(notice, "DELETE FROM notice WHERE town_id = :town AND id = :id").update();
    }

    @Override
    public boolean saveDraft(
            Held notice, long version, Content content, String title, String reason, PersonId by, Instant at) {
        int saved = of(notice, """
                        UPDATE notice_draft SET version = version + 1, content = :content, reason = :reason, updated_at = :at,
                          updated_by = :by
                        WHERE town_id = :town AND notice_id = :id AND version = :version
                        """)
                .param("content", json.write(content))
                .param("reason", reason)
                .param("at", Millis.of(at))
                .param("by", by.value())
                .param("version", version)
                .update();
        if (saved == 1) {
            claim(notice.town(), notice.id(), DRAFT, content);
        }
        if (saved == 1 && notice.publicRevision() == null) {
            update(notice, "kind = :kind, title = :title, folded = :folded")
                    .param("kind", content.kind().name())
                    .param("title", title)
                    .param("folded", folded(content))
                    .update();
        }
        return saved == 1;
    }

    @Override
    public void openDraft(Held notice, Content content, PersonId by, Instant at) {
        insertDraft(notice.town(), notice.id(), content, by, at);
    }

    @Override
    public void dropDraft(Held notice) {
        of(notice, "DELETE FROM notice_draft WHERE town_id = :town AND notice_id = :id")
                .update();
        claim(notice.town(), notice.id(), DRAFT, null);
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
    public void touchDraft(Held notice) {
        of(notice, "UPDATE notice_draft SET version = version + 1 WHERE town_id = :town AND notice_id = :id")
                .update();
    }

    @Override
    public void contributed(Held notice, PersonId person) {
        of(notice, """
                        INSERT INTO notice_contributor (town_id, notice_id, person_id) VALUES (:town, :id, :person)
                        ON CONFLICT (town_id, notice_id, person_id) DO NOTHING
                        """).param("person", person.value()).update();
    }

    @Override
    public Set<PersonId> contributors(TownId town, NoticeId id) {
        return jdbc
                .sql("SELECT person_id FROM notice_contributor WHERE town_id = :town AND notice_id = :id")
                .param("town", town.value())
                .param("id", id.value())
                .query(Long.class)
                .stream()
                .map(PersonId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void freeze(
            Held notice,
            int number,
            Content content,
            List<Rendition> renditions,
            String reason,
            PersonId by,
            Instant at) {
        of(notice, """
                        INSERT INTO notice_revision (town_id, notice_id, number, facts, hash, reason, submitted_at, submitted_by)
                        VALUES (:town, :id, :number, :facts, '', :reason, :at, :by)
                        """)
                .param("number", number)
                .param("facts", json.facts(content))
                .param("reason", reason)
                .param("at", Millis.of(at))
                .param("by", by.value())
                .update();
        content.words()
                .forEach((language, words) -> of(notice, """
                                INSERT INTO notice_text (town_id, notice_id, revision, language, words)
                                VALUES (:town, :id, :number, :language, :words)
                                """)
                        .param("number", number)
                        .param("language", language)
                        .param("words", json.write(words))
                        .update());
        renditions.forEach(rendition -> of(notice, """
                        INSERT INTO notice_rendition (town_id, notice_id, revision, channel, language, fields, edited)
                        VALUES (:town, :id, :number, :channel, :language, :fields, :edited)
                        """)
                .param("number", number)
                .param("channel", rendition.channel())
                .param("language", rendition.language())
                .param("fields", json.write(rendition.fields()))
                .param("edited", rendition.edited() ? 1 : 0)
                .update());
        of(notice, """
                        UPDATE notice_revision SET hash = :hash WHERE town_id = :town AND notice_id = :id AND number = :number
                        """)
                .param("hash", revisions.fingerprint(notice.town(), notice.id(), number))
                .param("number", number)
                .update();
        claim(notice.town(), notice.id(), Integer.toString(number), content);
        update(notice, "latest_revision = :number").param("number", number).update();
        of(notice, """
                        UPDATE notice_draft SET revision = :number, submitted_by = :by, approved_by = NULL, approved_at = NULL,
                          approved_hash = NULL, version = version + 1
                        WHERE town_id = :town AND notice_id = :id
                        """).param("number", number).param("by", by.value()).update();
    }

    @Override
    public void approved(Held notice, PersonId by, Instant at, String hash) {
        of(notice, """
                        UPDATE notice_draft SET approved_by = :by, approved_at = :at, approved_hash = :hash, version = version + 1
                        WHERE town_id = :town AND notice_id = :id
                        """)
                .param("by", by.value())
                .param("at", Millis.of(at))
                .param("hash", hash)
                .update();
    }

    @Override
    public void unapproved(Held notice) {
        of(notice, """
                        UPDATE notice_draft SET revision = NULL, approved_by = NULL, approved_at = NULL, approved_hash = NULL,
                          version = version + 1
                        WHERE town_id = :town AND notice_id = :id
                        """).update();
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
            @Nullable Instant starts,
            Optional<Correction> corrected) {
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
                .param("folded", folded(content))
                .param("until", Millis.of(until))
                .param("starts", Millis.ofNullable(starts))
                .param("severity", severity(content))
                .param("at", Millis.of(at))
                .param("sequence", first ? 0 : notice.sequence() + 1)
                .update();
        of(notice, """
                        UPDATE notice_revision SET published_at = :at
                        WHERE town_id = :town AND notice_id = :id AND number = :revision
                        """).param("at", Millis.of(at)).param("revision", revision).update();
        choices(notice, "notice_theme", "theme_id", content.themes());
        choices(notice, "notice_district", "district_id", content.districts());
        choices(notice, "notice_channel", "channel", content.channels());
        corrected.ifPresent(correction -> of(notice, """
                        INSERT INTO notice_correction (town_id, notice_id, revision, at, reason, changes)
                        VALUES (:town, :id, :revision, :at, :reason, :changes)
                        """)
                .param("revision", correction.revision())
                .param("at", Millis.of(correction.at()))
                .param("reason", correction.reason())
                .param("changes", json.write(correction.changes()))
                .update());
        dropDraft(notice);
        of(notice, "DELETE FROM notice_contributor WHERE town_id = :town AND notice_id = :id")
                .update();
        if (first) {
            countMonth(notice.town(), at, 1);
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

    private void countMonth(TownId town, Instant published, int by) {
        String month = YearMonth.from(published.atZone(towns.get(town).zone())).toString();
        jdbc.sql("""
                        INSERT INTO notice_month (town_id, month, notices) VALUES (:town, :month, :by)
                        ON CONFLICT (town_id, month) DO UPDATE SET notices = notice_month.notices + :by
                        """)
                .param("town", town.value())
                .param("month", month)
                .param("by", by)
                .update();
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
        dropDraft(notice);
        if (notice.firstPublishedAt() != null) {
            countMonth(notice.town(), notice.firstPublishedAt(), -1);
        }
    }

    @Override
    public void history(
            Held notice,
            long entryId,
            PersonId by,
            Instant at,
            Action action,
            Standing reached,
            int revision,
            String reason) {
        jdbc.sql("""
                        INSERT INTO notice_history (town_id, id, notice_id, at, person_id, action, draft_state, public_state, revision,
                          reason)
                        VALUES (:town, :entry, :id, :at, :by, :action, :draft, :shown, :revision, :reason)
                        """)
                .param("town", notice.town().value())
                .param("entry", entryId)
                .param("id", notice.id().value())
                .param("at", Millis.of(at))
                .param("by", by.value())
                .param("action", action.name())
                .param("draft", reached.draft().name())
                .param("shown", reached.publicState().name())
                .param("revision", revision)
                .param("reason", reason)
                .update();
    }

    @Override
    public List<Due> due(Instant now, Set<TownId> paused, int limit) {
        return dues("due_at", PublicState.SCHEDULED, now, paused, limit);
    }

    @Override
    public List<Due> over(Instant now, int limit) {
        return dues("until_at", PublicState.PUBLISHED, now, Set.of(), limit);
    }

    private List<Due> dues(String column, PublicState state, Instant now, Set<TownId> without, int limit) {
        // The state stands in the text so that the partial index serves.
        String elsewhere = without.isEmpty() ? "" : " AND town_id NOT IN (:without)";
        JdbcClient.StatementSpec query = jdbc.sql("SELECT town_id, id, " + column + " AS at FROM notice"
                + " WHERE public_state = '" + state + "' AND " + column + " <= :now" + elsewhere
                + " ORDER BY " + column + " LIMIT :limit");
        if (!without.isEmpty()) {
            query = query.param("without", without.stream().map(TownId::value).toList());
        }
        return query.param("now", Millis.of(now))
                .param("limit", limit)
                .query((row, n) -> new Due(
                        new TownId(row.getLong("town_id")),
                        new NoticeId(row.getLong("id")),
                        Millis.toInstant(row.getLong("at"))))
                .list();
    }

    @Override
    public Optional<Instant> nextDue() {
        return jdbc.sql("""
                        SELECT MIN(at) FROM (
                          SELECT MIN(due_at) AS at FROM notice WHERE public_state = 'SCHEDULED'
                          UNION ALL
                          SELECT MIN(until_at) AS at FROM notice WHERE public_state = 'PUBLISHED') AS next
                        """)
                .query((row, n) -> Optional.ofNullable(Millis.toInstantOrNull(row.getObject(1))))
                .single();
    }

    private static int severity(Content content) {
        return content.emergency() == null || content.emergency().severity() == null
                ? 0
                : content.emergency().severity().ordinal() + 1;
    }

    /** What the studio searches in: every title and summary, and the start of every body. */
    private static String folded(Content content) {
        return content.words().values().stream()
                .map(words -> words.title() + " " + words.summary() + " " + beginning(words.body()))
                .flatMap(text -> Folding.words(text).stream())
                .collect(Collectors.joining(" "));
    }

    private static String beginning(String body) {
        return body.substring(0, Math.min(body.length(), SEARCHED));
    }
}
