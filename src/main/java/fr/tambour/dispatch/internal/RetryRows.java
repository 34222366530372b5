package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Lease;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Retry;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of those who are to be tried again, within a transaction of the caller: see
 * {@link fr.tambour.dispatch.internal.engine.Ledger}.
 */
final class RetryRows {

    private static final String RETRY = """
            SELECT town_id, dispatch_id, recipient_key, others, attempts, due_at, awaiting, under_way, reason, origin, slice,
              fence
            FROM dispatch_retry
            """;

    private static final int BATCH = 1_000;
    private static final int BASE = 36;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Database database;

    RetryRows(JdbcClient jdbc, JdbcTemplate batches, Database database) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.database = database;
    }

    /** @param dueBy in milliseconds: whoever is due later is left out */
    List<Retry> soonest(Ref ref, long dueBy, int limit) {
        return jdbc.sql("""
                        SELECT * FROM (SELECT soonest.*, sum(size) OVER (ORDER BY due_at, recipient_key) AS so_many
                          FROM (SELECT * FROM dispatch_retry
                            WHERE town_id = :town AND dispatch_id = :dispatch AND due_at <= :due
                            ORDER BY due_at, recipient_key LIMIT :rows) AS soonest) AS counted
                        WHERE so_many <= :limit OR so_many = size
                        ORDER BY due_at, recipient_key
                        """)
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("due", dueBy)
                .param("rows", Math.min(limit, BATCH))
                .param("limit", limit)
                .query(RetryRows::retry)
                .list();
    }

    Optional<Retry> find(Ref ref, long key) {
        return jdbc.sql(RETRY + "WHERE town_id = :town AND dispatch_id = :dispatch AND recipient_key = :key"
                        + JdbcLedger.held(database))
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("key", key)
                .query(RetryRows::retry)
                .optional();
    }

    private static Retry retry(ResultSet row, int number) throws SQLException {
        return new Retry(
                new Ref(row.getLong("town_id"), row.getLong("dispatch_id")),
                row.getLong("recipient_key"),
                others(row.getLong("recipient_key"), row.getString("others")),
                row.getInt("attempts"),
                Millis.toInstant(row.getLong("due_at")),
                row.getInt("awaiting") == 1,
                row.getInt("under_way") == 1,
                row.getString("reason"),
                row.getString("origin"),
                new Lease(row.getLong("slice"), row.getLong("fence")));
    }

    /** Keys are long, and lie close together. */
    private static String others(Retry retry) {
        StringBuilder text = new StringBuilder();
        long before = retry.key();
        for (long other : retry.others()) {
            text.append(text.isEmpty() ? "" : ",").append(Long.toString(other - before, BASE));
            before = other;
        }
        return text.toString();
    }

    private static List<Long> others(long key, String text) {
        List<Long> others = new ArrayList<>();
        long before = key;
        for (String more : text.isEmpty() ? new String[0] : text.split(",")) {
            before += Long.parseLong(more, BASE);
            others.add(before);
        }
        return others;
    }

    Optional<Instant> next(Ref ref) {
        return jdbc.sql("""
                        SELECT due_at FROM dispatch_retry WHERE town_id = :town AND dispatch_id = :dispatch
                        ORDER BY due_at LIMIT 1
                        """)
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(Long.class)
                .optional()
                .map(Millis::toInstant);
    }

    /** Hundreds at once, where a service is silent: one statement each would be most of the work. */
    void put(List<Retry> retries) {
        batches.batchUpdate("""
                        INSERT INTO dispatch_retry (town_id, dispatch_id, recipient_key, attempts, due_at, awaiting, under_way,
                          reason, slice, fence, size, others, origin)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (town_id, dispatch_id, recipient_key) DO UPDATE SET attempts = excluded.attempts,
                          due_at = excluded.due_at, awaiting = excluded.awaiting, under_way = excluded.under_way,
                          reason = excluded.reason, slice = excluded.slice, fence = excluded.fence, size = excluded.size,
                          others = excluded.others, origin = excluded.origin
                        """, retries, BATCH, (row, retry) -> {
            row.setLong(1, retry.ref().town());
            row.setLong(2, retry.ref().dispatch());
            row.setLong(3, retry.key());
            row.setInt(4, retry.attempts());
            row.setLong(5, Millis.of(retry.dueAt()));
            row.setInt(6, retry.inDoubt() ? 1 : 0);
            row.setInt(7, retry.underWay() ? 1 : 0);
            row.setString(8, retry.reason());
            row.setLong(9, retry.lease().slice());
            row.setLong(10, retry.lease().fence());
            row.setInt(11, retry.size());
            row.setString(12, others(retry));
            row.setString(13, retry.origin());
        });
    }

    void makeDue(Ref ref, Instant later, Instant now) {
        jdbc.sql("""
                        UPDATE dispatch_retry SET due_at = :now
                        WHERE town_id = :town AND dispatch_id = :dispatch AND due_at > :later
                        """)
                .param("now", Millis.of(now))
                .param("later", Millis.of(later))
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .update();
    }

    Set<Ref> bringForward(Set<String> origins, Instant now) {
        List<Retry> waiting = jdbc.sql(RETRY + """
                        WHERE origin IN (:origins) AND origin <> '' AND under_way = 0 AND due_at > :now
                        ORDER BY town_id, dispatch_id, recipient_key
                        """ + database.pick("", " FOR UPDATE SKIP LOCKED"))
                .param("origins", origins)
                .param("now", Millis.of(now))
                .query(RetryRows::retry)
                .list();
        put(waiting.stream().map(retry -> retry.due(now)).toList());
        return waiting.stream().map(Retry::ref).collect(Collectors.toSet());
    }

    void remove(Ref ref, List<Long> retries) {
        batches.batchUpdate(
                "DELETE FROM dispatch_retry WHERE town_id = ? AND dispatch_id = ? AND recipient_key = ?",
                retries,
                BATCH,
                (row, key) -> {
                    row.setLong(1, ref.town());
                    row.setLong(2, ref.dispatch());
                    row.setLong(3, key);
                });
    }
}
