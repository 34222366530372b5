package fr.tambour.conversation.internal;

import fr.tambour.conversation.Reaction;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcReactions implements Reactions {

    private final JdbcClient jdbc;

    JdbcReactions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(TownId town, Reaction reaction, Instant now) {
        jdbc.sql("""
                        INSERT INTO conversation_reaction (town_id, notice_id, kind, author, activity, host, arrived_at)
                        VALUES (:town, :notice, :kind, :author, :activity, :host, :now)
                        ON CONFLICT (town_id, notice_id, kind, author) DO UPDATE SET activity = excluded.activity
                        """)
                .param("town", town.value())
                .param("notice", reaction.notice().value())
                .param("kind", reaction.kind().name())
                .param("author", Fingerprint.of(reaction.author()))
                .param("activity", Fingerprint.of(reaction.activity()))
                .param("host", reaction.host())
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public boolean anyOf(TownId town, String author) {
        return jdbc.sql("SELECT 1 FROM conversation_reaction WHERE town_id = :town AND author = :author LIMIT 1")
                .param("town", town.value())
                .param("author", Fingerprint.of(author))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public boolean anyBy(TownId town, String author, String activity) {
        return jdbc.sql("""
                        SELECT 1 FROM conversation_reaction
                        WHERE town_id = :town AND author = :author AND activity = :activity LIMIT 1
                        """)
                .param("town", town.value())
                .param("author", Fingerprint.of(author))
                .param("activity", Fingerprint.of(activity))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void remove(TownId town, NoticeId notice, Reaction.Kind kind, String author) {
        jdbc.sql("""
                        DELETE FROM conversation_reaction
                        WHERE town_id = :town AND notice_id = :notice AND kind = :kind AND author = :author
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .param("kind", kind.name())
                .param("author", Fingerprint.of(author))
                .update();
    }

    @Override
    public void remove(TownId town, String author, String activity) {
        jdbc.sql(
                        "DELETE FROM conversation_reaction WHERE town_id = :town AND author = :author AND activity = :activity")
                .param("town", town.value())
                .param("author", Fingerprint.of(author))
                .param("activity", Fingerprint.of(activity))
                .update();
    }

    @Override
    public void removeAll(TownId town, String author) {
        jdbc.sql("DELETE FROM conversation_reaction WHERE town_id = :town AND author = :author")
                .param("town", town.value())
                .param("author", Fingerprint.of(author))
                .update();
    }

    @Override
    public int count(TownId town, NoticeId notice, Reaction.Kind kind) {
        return jdbc.sql("""
                        SELECT count(*) FROM conversation_reaction
                        WHERE town_id = :town AND notice_id = :notice AND kind = :kind
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .param("kind", kind.name())
                .query(Integer.class)
                .single();
    }

    @Override
    public int purge(Instant before, int limit) {
        return jdbc.sql("""
                        DELETE FROM conversation_reaction WHERE (town_id, notice_id, kind, author) IN
                          (SELECT town_id, notice_id, kind, author FROM conversation_reaction WHERE arrived_at < :before LIMIT :limit)
                        """)
                .param("before", Millis.of(before))
                .param("limit", limit)
                .update();
    }
}
