package fr.tambour.notice.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What time is about to do to notices of all towns, by their own columns. */
@Repository
class Timetable {

    private final JdbcClient jdbc;

    Timetable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Due(TownId town, NoticeId id, Instant at) {}

    /** Scheduled and due at {@code now} in towns that are not paused, soonest first. */
    List<Due> due(Instant now, Set<TownId> paused, int limit) {
        return dues("due_at", PublicState.SCHEDULED, now, paused, limit);
    }

    /** Published and over at {@code now}, soonest first. */
    List<Due> over(Instant now, int limit) {
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

    /** The next moment at which something is due or over. */
    Optional<Instant> next() {
        return jdbc.sql("""
                        SELECT MIN(at) FROM (
                          SELECT MIN(due_at) AS at FROM notice WHERE public_state = 'SCHEDULED'
                          UNION ALL
                          SELECT MIN(until_at) AS at FROM notice WHERE public_state = 'PUBLISHED') AS next
                        """)
                .query((row, n) -> Optional.ofNullable(Millis.toInstantOrNull(row.getObject(1))))
                .single();
    }
}
