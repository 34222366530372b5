package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Report;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcGuard implements Guard {

    private final JdbcClient jdbc;

    JdbcGuard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean isBlocked(TownId town, String author, String host) {
        return jdbc.sql("""
                        SELECT 1 FROM conversation_block
                        WHERE town_id = :town AND (scope = 'AUTHOR' AND name = :author OR scope = 'HOST' AND name = :host) LIMIT 1
                        """)
                .param("town", town.value())
                .param("author", author)
                .param("host", host)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public boolean block(TownId town, Block block) {
        return jdbc.sql("""
                        INSERT INTO conversation_block (town_id, id, scope, name, shown, blocked_at, blocked_by)
                        VALUES (:town, :id, :scope, :name, :shown, :at, :by) ON CONFLICT (town_id, scope, name) DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("id", block.id())
                        .param("scope", block.scope().name())
                        .param("name", block.name())
                        .param("shown", block.shown())
                        .param("at", Millis.of(block.at()))
                        .param("by", block.by().value())
                        .update()
                == 1;
    }

    private static Block block(ResultSet row, int number) throws SQLException {
        return new Block(
                row.getLong("id"),
                Scope.valueOf(row.getString("scope")),
                row.getString("name"),
                row.getString("shown"),
                Millis.toInstant(row.getLong("blocked_at")),
                new PersonId(row.getLong("blocked_by")));
    }

    @Override
    public Optional<Block> lift(TownId town, long id) {
        Optional<Block> lifted = jdbc.sql("SELECT * FROM conversation_block WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query(JdbcGuard::block)
                .optional();
        jdbc.sql("DELETE FROM conversation_block WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .update();
        return lifted;
    }

    @Override
    public List<Block> blocks(TownId town, int limit) {
        return jdbc.sql("SELECT * FROM conversation_block WHERE town_id = :town ORDER BY id DESC LIMIT :limit")
                .param("town", town.value())
                .param("limit", limit)
                .query(JdbcGuard::block)
                .list();
    }

    @Override
    public void dropped(TownId town, String host, LocalDate day) {
        jdbc.sql("""
                        INSERT INTO conversation_dropped (town_id, day, host, amount) VALUES (:town, :day, :host, 1)
                        ON CONFLICT (town_id, day, host) DO UPDATE SET amount = conversation_dropped.amount + 1
                        """)
                .param("town", town.value())
                .param("day", day.toEpochDay())
                .param("host", host)
                .update();
    }

    @Override
    public Map<String, Long> dropped(TownId town, LocalDate since) {
        Map<String, Long> dropped = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT host, sum(amount) AS total FROM conversation_dropped WHERE town_id = :town AND day >= :since
                        GROUP BY host ORDER BY sum(amount) DESC, host LIMIT 10
                        """)
                .param("town", town.value())
                .param("since", since.toEpochDay())
                .query(row -> {
                    dropped.put(row.getString("host"), row.getLong("total"));
                });
        return dropped;
    }

    @Override
    public void report(TownId town, long id, Report report, Instant now) {
        NoticeId notice = report.notice();
        jdbc.sql("""
                        INSERT INTO conversation_report (town_id, id, channel, name, host, notice_id, body, arrived_at)
                        VALUES (:town, :id, :channel, :name, :host, nullif(:notice, 0), :body, :now)
                        ON CONFLICT (town_id, name) DO NOTHING
                        """)
                .param("town", town.value())
                .param("id", id)
                .param("channel", report.channel())
                .param("name", report.name())
                .param("host", report.host())
                .param("notice", notice == null ? 0L : notice.value())
                .param("body", report.text())
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public int reportsSince(TownId town, String host, Instant since) {
        return jdbc.sql("""
                        SELECT count(*) FROM conversation_report WHERE town_id = :town AND host = :host AND arrived_at > :since
                        """)
                .param("town", town.value())
                .param("host", host)
                .param("since", Millis.of(since))
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Reported> reports(TownId town, int limit) {
        return jdbc.sql("""
                        SELECT * FROM conversation_report WHERE town_id = :town
                        ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, arrived_at DESC LIMIT :limit
                        """)
                .param("town", town.value())
                .param("limit", limit)
                .query((row, number) -> new Reported(
                        row.getLong("id"),
                        row.getString("host"),
                        Optional.of(new NoticeId(row.getLong("notice_id"))).filter(notice -> notice.value() != 0),
                        row.getString("body"),
                        Millis.toInstant(row.getLong("arrived_at")),
                        row.getObject("done_at") != null))
                .list();
    }

    @Override
    public int reportsWaiting(TownId town) {
        return jdbc.sql("SELECT count(*) FROM conversation_report WHERE town_id = :town AND done_at IS NULL")
                .param("town", town.value())
                .query(Integer.class)
                .single();
    }

    @Override
    public boolean settleReport(TownId town, long id, Instant now) {
        return jdbc.sql("""
                        UPDATE conversation_report SET done_at = :now WHERE town_id = :town AND id = :id AND done_at IS NULL
                        """)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    @Override
    public int purge(Instant reportedBefore, LocalDate droppedBefore) {
        return jdbc.sql("DELETE FROM conversation_report WHERE arrived_at < :before")
                        .param("before", Millis.of(reportedBefore))
                        .update()
                + jdbc.sql("DELETE FROM conversation_dropped WHERE day < :before")
                        .param("before", droppedBefore.toEpochDay())
                        .update();
    }
}
