package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The one working draft of each notice, and who had a hand in it. Whatever changes a draft counts its version on, and
 * answers the version that is then stored.
 */
@Repository
class Drafts {

    private static final String OF_NOTICE = " WHERE town_id = :town AND notice_id = :id";

    private final JdbcClient jdbc;
    private final ContentJson json;
    private final PictureClaims claims;

    Drafts(JdbcClient jdbc, ContentJson json, PictureClaims claims) {
        this.jdbc = jdbc;
        this.json = json;
        this.claims = claims;
    }

    /**
     * A draft as it is stored.
     *
     * @param reason why the correction is made; empty before a first publication
     * @param revision its number, while it is submitted or approved
     * @param approvedHash what its approval is bound to, while it is approved
     */
    record WorkingDraft(
            long version,
            Content content,
            String reason,
            @Nullable Integer revision,
            Instant updatedAt,
            PersonId updatedBy,
            @Nullable PersonId submittedBy,
            @Nullable PersonId approvedBy,
            @Nullable Instant approvedAt,
            @Nullable String approvedHash) {

        /** The revision's number, 0 where nothing is submitted. */
        int number() {
            return revision == null ? 0 : revision;
        }
    }

    Optional<WorkingDraft> find(TownId town, NoticeId id) {
        return of(town, id, """
                        SELECT version, content, reason, revision, updated_at, updated_by, submitted_by, approved_by, approved_at,
                          approved_hash
                        FROM notice_draft""" + OF_NOTICE).query(this::draft).optional();
    }

    /** Of a notice that stands where it has one. */
    WorkingDraft of(Held notice) {
        return find(notice.town(), notice.id()).orElseThrow();
    }

    private WorkingDraft draft(ResultSet row, int number) throws SQLException {
        int revision = row.getInt("revision");
        Integer submitted = row.wasNull() ? null : revision;
        return new WorkingDraft(
                row.getLong("version"),
                json.content(row.getString("content")),
                row.getString("reason"),
                submitted,
                Millis.toInstant(row.getLong("updated_at")),
                new PersonId(row.getLong("updated_by")),
                person(row, "submitted_by"),
                person(row, "approved_by"),
                Millis.toInstantOrNull(row.getObject("approved_at")),
                row.getString("approved_hash"));
    }

    private static @Nullable PersonId person(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : new PersonId(value);
    }

    long open(TownId town, NoticeId id, Content content, PersonId by, Instant at) {
        long version = of(town, id, """
                        INSERT INTO notice_draft (town_id, notice_id, version, content, reason, updated_at, updated_by)
                        VALUES (:town, :id, 1, :content, '', :at, :by)
                        RETURNING version
                        """)
                .param("content", json.write(content))
                .param("at", Millis.of(at))
                .param("by", by.value())
                .query(Long.class)
                .single();
        claims.draft(town, id, content);
        return version;
    }

    /** Empty, and nothing is changed, where the draft is no longer at {@code version}. */
    Optional<Long> save(Held notice, long version, Content content, String reason, PersonId by, Instant at) {
        Optional<Long> saved = of(
                        notice,
                        "UPDATE notice_draft SET version = version + 1, content = :content, reason = :reason,"
                                + " updated_at = :at, updated_by = :by" + OF_NOTICE
                                + " AND version = :version RETURNING version")
                .param("content", json.write(content))
                .param("reason", reason)
                .param("at", Millis.of(at))
                .param("by", by.value())
                .param("version", version)
                .query(Long.class)
                .optional();
        if (saved.isPresent()) {
            claims.draft(notice.town(), notice.id(), content);
        }
        return saved;
    }

    void drop(Held notice) {
        of(notice, "DELETE FROM notice_draft" + OF_NOTICE).update();
        claims.noDraft(notice.town(), notice.id());
    }

    /** Counts the version on, if there is a draft. */
    void touch(Held notice) {
        of(notice, "UPDATE notice_draft SET version = version + 1" + OF_NOTICE).update();
    }

    long submitted(Held notice, int number, PersonId by) {
        return change(
                        notice,
                        "revision = :number, submitted_by = :by, approved_by = NULL, approved_at = NULL, approved_hash = NULL")
                .param("number", number)
                .param("by", by.value())
                .query(Long.class)
                .single();
    }

    long approved(Held notice, PersonId by, Instant at, String hash) {
        return change(notice, "approved_by = :by, approved_at = :at, approved_hash = :hash")
                .param("by", by.value())
                .param("at", Millis.of(at))
                .param("hash", hash)
                .query(Long.class)
                .single();
    }

    /** Forgets that it was submitted or approved. */
    long unapproved(Held notice) {
        return change(notice, "revision = NULL, approved_by = NULL, approved_at = NULL, approved_hash = NULL")
                .query(Long.class)
                .single();
    }

    private JdbcClient.StatementSpec change(Held notice, String assignments) {
        return of(
                notice,
                "UPDATE notice_draft SET version = version + 1, " + assignments + OF_NOTICE + " RETURNING version");
    }

    void contributed(Held notice, PersonId person) {
        of(notice, """
                        INSERT INTO notice_contributor (town_id, notice_id, person_id) VALUES (:town, :id, :person)
                        ON CONFLICT (town_id, notice_id, person_id) DO NOTHING
                        """).param("person", person.value()).update();
    }

    /** Who changed what approval covers since the last published revision. */
    Set<PersonId> contributors(TownId town, NoticeId id) {
        return of(town, id, "SELECT person_id FROM notice_contributor" + OF_NOTICE).query(Long.class).stream()
                .map(PersonId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    void forgetContributors(Held notice) {
        of(notice, "DELETE FROM notice_contributor" + OF_NOTICE).update();
    }

    private JdbcClient.StatementSpec of(Held notice, String sql) {
        return of(notice.town(), notice.id(), sql);
    }

    private JdbcClient.StatementSpec of(TownId town, NoticeId id, String sql) {
        return jdbc.sql(sql).param("town", town.value()).param("id", id.value());
    }
}
