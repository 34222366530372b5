package fr.tambour.conversation.internal;

import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAppeals implements Appeals {

    private final JdbcClient jdbc;

    JdbcAppeals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(TownId town, Appeal appeal, String token) {
        jdbc.sql("""
                        INSERT INTO conversation_appeal (town_id, id, message_id, token, language, removed_at, removed_by, removed_why,
                          removed_words, until)
                        VALUES (:town, :id, :message, :token, :language, :at, :by, :why, :words, :until)
                        """)
                .param("town", town.value())
                .param("id", appeal.id())
                .param("message", appeal.message())
                .param("token", token)
                .param("language", appeal.language())
                .param("at", Millis.of(appeal.removal().at()))
                .param("by", appeal.removal().by().value())
                .param("why", appeal.removal().why().name())
                .param("words", appeal.removal().words())
                .param("until", Millis.of(appeal.until()))
                .update();
    }

    @Override
    public void renew(TownId town, long id, String token, Instant until) {
        jdbc.sql("UPDATE conversation_appeal SET token = :token, until = :until WHERE town_id = :town AND id = :id")
                .param("token", token)
                .param("until", Millis.of(until))
                .param("town", town.value())
                .param("id", id)
                .update();
    }

    private static Appeal appeal(ResultSet row, int number) throws SQLException {
        Instant filed = Millis.toInstantOrNull(row.getObject("filed_at"));
        Instant decided = Millis.toInstantOrNull(row.getObject("decided_at"));
        return new Appeal(
                row.getLong("id"),
                row.getLong("message_id"),
                row.getString("language"),
                new Message.Removal(
                        Millis.toInstant(row.getLong("removed_at")),
                        new PersonId(row.getLong("removed_by")),
                        RemovalReason.valueOf(row.getString("removed_why")),
                        row.getString("removed_words")),
                Millis.toInstant(row.getLong("until")),
                filed == null ? Optional.empty() : Optional.of(new Appeal.Filed(filed, row.getString("body"))),
                decided == null
                        ? Optional.empty()
                        : Optional.of(new Appeal.Decision(
                                decided,
                                new PersonId(row.getLong("decided_by")),
                                row.getInt("granted") == 1,
                                Objects.requireNonNullElse(row.getString("words"), ""))));
    }

    @Override
    public Optional<Appeal> find(TownId town, long id) {
        return jdbc.sql("SELECT * FROM conversation_appeal WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcAppeals::appeal)
                .optional();
    }

    @Override
    public Optional<Appeal> byToken(TownId town, String token) {
        return jdbc.sql("SELECT * FROM conversation_appeal WHERE town_id = :town AND token = :token")
                .param("town", town.value())
                .param("token", token)
                .query(JdbcAppeals::appeal)
                .optional();
    }

    @Override
    public List<Appeal> of(TownId town, long message) {
        return jdbc.sql(
                        "SELECT * FROM conversation_appeal WHERE town_id = :town AND message_id = :message ORDER BY id DESC")
                .param("town", town.value())
                .param("message", message)
                .query(JdbcAppeals::appeal)
                .list();
    }

    @Override
    public List<Appeal> waiting(TownId town, int limit) {
        return jdbc.sql("""
                        SELECT * FROM conversation_appeal
                        WHERE town_id = :town AND filed_at IS NOT NULL AND decided_at IS NULL ORDER BY filed_at LIMIT :limit
                        """)
                .param("town", town.value())
                .param("limit", limit)
                .query(JdbcAppeals::appeal)
                .list();
    }

    @Override
    public int waitingCount(TownId town, int most) {
        return jdbc.sql("""
                        SELECT count(*) FROM (
                          SELECT 1 AS one FROM conversation_appeal
                          WHERE town_id = :town AND filed_at IS NOT NULL AND decided_at IS NULL LIMIT :most
                        ) AS waiting
                        """)
                .param("town", town.value())
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean file(TownId town, long id, Appeal.Filed filed) {
        return jdbc.sql("""
                        UPDATE conversation_appeal SET body = :body, filed_at = :at
                        WHERE town_id = :town AND id = :id AND filed_at IS NULL AND decided_at IS NULL
                        """)
                        .param("body", filed.text())
                        .param("at", Millis.of(filed.at()))
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public boolean decide(TownId town, long id, Appeal.Decision decision) {
        return jdbc.sql("""
                        UPDATE conversation_appeal SET granted = :granted, decided_at = :at, decided_by = :by, words = :words
                        WHERE town_id = :town AND id = :id AND decided_at IS NULL
                        """)
                        .param("granted", decision.granted() ? 1 : 0)
                        .param("at", Millis.of(decision.at()))
                        .param("by", decision.by().value())
                        .param("words", decision.words())
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }
}
