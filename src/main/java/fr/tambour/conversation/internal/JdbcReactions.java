package fr.tambour.conversation.internal;

import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.Spread;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcReactions implements Reactions {

    private static final String SPREAD = """
            sum(CASE WHEN kind = 'REPOST' THEN 1 ELSE 0 END) AS reposts,
            count(DISTINCT CASE WHEN kind = 'REPOST' THEN host END) AS servers,
            sum(CASE WHEN kind = 'LIKE' THEN 1 ELSE 0 END) AS likes
            """;

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
    public Map<NoticeId, Spread> spread(TownId town, Collection<NoticeId> notices) {
        Map<NoticeId, Spread> spread = new HashMap<>();
        if (!notices.isEmpty()) {
            jdbc.sql("SELECT notice_id, " + SPREAD + " FROM conversation_reaction"
                            + " WHERE town_id = :town AND notice_id IN (:notices) GROUP BY notice_id")
                    .param("town", town.value())
                    .param("notices", notices.stream().map(NoticeId::value).toList())
                    .query(row -> {
                        spread.put(new NoticeId(row.getLong("notice_id")), spread(row));
                    });
        }
        return spread;
    }

    @Override
    public Spread since(TownId town, Instant since) {
        return jdbc.sql("SELECT " + SPREAD
                        + " FROM conversation_reaction WHERE town_id = :town AND arrived_at >= :since")
                .param("town", town.value())
                .param("since", Millis.of(since))
                .query((row, number) -> spread(row))
                .single();
    }

    private static Spread spread(ResultSet row) throws SQLException {
        return new Spread(row.getInt("reposts"), row.getInt("servers"), row.getInt("likes"));
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
