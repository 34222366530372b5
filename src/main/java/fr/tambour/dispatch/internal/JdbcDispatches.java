package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcDispatches implements Dispatches {

    private final JdbcClient jdbc;

    JdbcDispatches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Dispatch> of(TownId town, NoticeId notice) {
        return jdbc.sql("""
                        SELECT id, town_id, notice_id, revision, channel, purpose, state, until_at, opened_at, settled_at
                        FROM dispatch WHERE town_id = :town AND notice_id = :notice ORDER BY opened_at, id
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .query(JdbcDispatches::dispatch)
                .list();
    }

    private static Dispatch dispatch(ResultSet row, int number) throws SQLException {
        return new Dispatch(
                row.getLong("id"),
                new TownId(row.getLong("town_id")),
                new NoticeId(row.getLong("notice_id")),
                row.getInt("revision"),
                row.getString("channel"),
                Purpose.valueOf(row.getString("purpose")),
                State.valueOf(row.getString("state")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstantOrNull(row.getObject("settled_at")));
    }

    /** Writes a dispatch that is through as soon as the transaction commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    void shown(
            long id,
            TownId town,
            NoticeId notice,
            int revision,
            String channel,
            Purpose purpose,
            Instant at,
            @Nullable Instant until) {
        jdbc.sql("""
                        INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, until_at, opened_at, settled_at)
                        VALUES (:town, :id, :notice, :revision, :channel, :purpose, 'SETTLED', :until, :at, :at)
                        """)
                .param("town", town.value())
                .param("id", id)
                .param("notice", notice.value())
                .param("revision", revision)
                .param("channel", channel)
                .param("purpose", purpose.name())
                .param("until", Millis.ofNullable(until))
                .param("at", Millis.of(at))
                .update();
    }

    /** Stops what is still under way for a notice. */
    @Transactional(propagation = Propagation.MANDATORY)
    void stop(TownId town, NoticeId notice, Instant at) {
        jdbc.sql("""
                        UPDATE dispatch SET state = 'STOPPED', settled_at = :at
                        WHERE town_id = :town AND notice_id = :notice AND state = 'OPEN'
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .param("at", Millis.of(at))
                .update();
    }

    /** The channels over which a notice ever went. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<String> channels(TownId town, NoticeId notice) {
        return jdbc.sql(
                        "SELECT DISTINCT channel FROM dispatch WHERE town_id = :town AND notice_id = :notice ORDER BY channel")
                .param("town", town.value())
                .param("notice", notice.value())
                .query(String.class)
                .list();
    }
}
