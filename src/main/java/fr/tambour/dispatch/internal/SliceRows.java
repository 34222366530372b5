package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Delays;
import fr.tambour.dispatch.internal.engine.Failures;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Slice;
import fr.tambour.dispatch.internal.engine.Tally;
import fr.tambour.storage.Database;
import fr.tambour.storage.Millis;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of slices, within a transaction of the caller: see {@link fr.tambour.dispatch.internal.engine.Ledger}. */
final class SliceRows {

    private static final String SLICE = """
            SELECT town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key, under_way, fence, leased_until,
              put_off_at, done, accepted, gone, failed, expired, unknown, stopped, first_at, last_at, delays, reasons
            FROM dispatch_slice
            """;

    private final JdbcClient jdbc;
    private final Database database;

    SliceRows(JdbcClient jdbc, Database database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    List<Slice> unfinished(Ref ref) {
        return jdbc.sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch AND done = 0 ORDER BY number"
                        + JdbcLedger.held(database))
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(SliceRows::slice)
                .list();
    }

    Optional<Slice> find(Ref ref, long number) {
        return jdbc.sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch AND number = :number"
                        + JdbcLedger.held(database))
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("number", number)
                .query(SliceRows::slice)
                .optional();
    }

    /** All of a dispatch, done or not, for whoever reads only. */
    static List<Slice> all(JdbcClient jdbc, Ref ref) {
        return jdbc.sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch ORDER BY number")
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(SliceRows::slice)
                .list();
    }

    private static Slice slice(ResultSet row, int number) throws SQLException {
        return new Slice(
                new Ref(row.getLong("town_id"), row.getLong("dispatch_id")),
                row.getLong("number"),
                row.getLong("to_key"),
                row.getLong("cursor_key"),
                row.getLong("begun_key"),
                row.getLong("sent_key"),
                row.getInt("under_way") == 1,
                row.getLong("fence"),
                Millis.toInstant(row.getLong("leased_until")),
                Millis.toInstant(row.getLong("put_off_at")),
                row.getInt("done") == 1,
                tally(row));
    }

    private static Tally tally(ResultSet row) throws SQLException {
        return new Tally(
                row.getLong("accepted"),
                row.getLong("gone"),
                Failures.of(row.getString("reasons"), row.getLong("failed")),
                row.getLong("expired"),
                row.getLong("unknown"),
                row.getLong("stopped"),
                Millis.toInstantOrNull(row.getObject("first_at")),
                Millis.toInstantOrNull(row.getObject("last_at")),
                Delays.of(row.getString("delays")));
    }

    void put(Slice slice) {
        Tally tally = slice.tally();
        jdbc.sql("""
                        INSERT INTO dispatch_slice (town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key,
                          under_way, fence, leased_until, put_off_at, done, accepted, gone, failed, expired, unknown, stopped,
                          first_at, last_at, delays, reasons)
                        VALUES (:town, :dispatch, :number, :to, :cursor, :begun, :sent, :underWay, :fence, :leased, :putOff,
                          :done, :accepted, :gone, :failed, :expired, :unknown, :stopped, :first, :last, :delays, :reasons)
                        ON CONFLICT (town_id, dispatch_id, number) DO UPDATE SET cursor_key = excluded.cursor_key,
                          begun_key = excluded.begun_key, sent_key = excluded.sent_key, under_way = excluded.under_way,
                          fence = excluded.fence, leased_until = excluded.leased_until, put_off_at = excluded.put_off_at,
                          done = excluded.done, accepted = excluded.accepted, gone = excluded.gone, failed = excluded.failed,
                          expired = excluded.expired, unknown = excluded.unknown, stopped = excluded.stopped,
                          first_at = excluded.first_at, last_at = excluded.last_at, delays = excluded.delays,
                          reasons = excluded.reasons
                        """)
                .param("town", slice.ref().town())
                .param("dispatch", slice.ref().dispatch())
                .param("number", slice.number())
                .param("to", slice.to())
                .param("cursor", slice.cursor())
                .param("begun", slice.begun())
                .param("sent", slice.sent())
                .param("underWay", slice.underWay() ? 1 : 0)
                .param("fence", slice.fence())
                .param("leased", Millis.of(slice.leasedUntil()))
                .param("putOff", Millis.of(slice.putOffAt()))
                .param("done", slice.done() ? 1 : 0)
                .param("accepted", tally.accepted())
                .param("gone", tally.gone())
                .param("failed", tally.failed())
                .param("expired", tally.expired())
                .param("unknown", tally.unknown())
                .param("stopped", tally.stopped())
                .param("first", Millis.ofNullable(tally.first()))
                .param("last", Millis.ofNullable(tally.last()))
                .param("delays", tally.delays().text())
                .param("reasons", tally.failures().text())
                .update();
    }
}
