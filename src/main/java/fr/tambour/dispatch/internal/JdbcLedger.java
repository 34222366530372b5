package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.internal.engine.Delays;
import fr.tambour.dispatch.internal.engine.Failures;
import fr.tambour.dispatch.internal.engine.Lease;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.OpenDispatch;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Retry;
import fr.tambour.dispatch.internal.engine.Slice;
import fr.tambour.dispatch.internal.engine.Tally;
import fr.tambour.storage.Database;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of one transaction. */
final class JdbcLedger implements Ledger {

    private static final String DISPATCH = """
            SELECT town_id, id, notice_id, channel, emergency, exercise, state, upper_bound, frontier, opened_at, not_before, until_at,
              held, restored, settled_at
            FROM dispatch
            """;

    private static final String SLICE = """
            SELECT town_id, dispatch_id, number, to_key, cursor_key, begun_key, sent_key, under_way, fence, leased_until,
              put_off_at, done, accepted, gone, failed, expired, unknown, stopped, first_at, last_at, delays, reasons
            FROM dispatch_slice
            """;

    private static final String RETRY = """
            SELECT town_id, dispatch_id, recipient_key, others, attempts, due_at, awaiting, under_way, reason, origin, slice,
              fence
            FROM dispatch_retry
            """;

    private static final int BATCH = 1_000;
    private static final int BASE = 36;

    private final Rows rows;
    private final Map<Ref, Errand> errands = new HashMap<>();
    private @Nullable Set<Long> paused;
    private @Nullable Instant now;

    JdbcLedger(Rows rows) {
        this.rows = rows;
    }

    /** Of what is read so: held until the transaction ends; SQLite's one writer holds everything. */
    static String held(Database database) {
        return database.pick("", " FOR UPDATE");
    }

    /** What all transactions share. */
    @Component
    record Rows(
            JdbcClient jdbc,
            JdbcTemplate batches,
            Database database,
            BooksClock clock,
            InstanceFacts facts,
            FannedOutChannels channels,
            Errands errands) {

        String held() {
            return JdbcLedger.held(database);
        }
    }

    @Override
    public Instant now() {
        Instant read = now;
        if (read == null) {
            read = rows.clock().now();
            now = read;
        }
        return read;
    }

    @Override
    public List<OpenDispatch> unsettled(boolean emergency, @Nullable OpenDispatch after, int limit) {
        return rows.jdbc()
                .sql(DISPATCH + """
                        WHERE settled_at IS NULL AND emergency = :emergency
                          AND (exercise, opened_at, town_id, id) > (:exercise, :opened, :town, :id)
                        ORDER BY exercise, opened_at, town_id, id LIMIT :limit
                        """)
                .param("emergency", emergency ? 1 : 0)
                .param("exercise", after == null ? -1 : after.exercise() ? 1 : 0)
                .param("opened", after == null ? 0 : Millis.of(after.openedAt()))
                .param("town", after == null ? 0 : after.ref().town())
                .param("id", after == null ? 0 : after.ref().dispatch())
                .param("limit", limit)
                .query(this::open)
                .list();
    }

    @Override
    public Optional<OpenDispatch> dispatch(Ref ref) {
        return rows.jdbc()
                .sql(DISPATCH + "WHERE town_id = :town AND id = :id" + rows.held())
                .param("town", ref.town())
                .param("id", ref.dispatch())
                .query(this::open)
                .optional();
    }

    private OpenDispatch open(ResultSet row, int number) throws SQLException {
        long town = row.getLong("town_id");
        return new OpenDispatch(
                new Ref(town, row.getLong("id")),
                row.getLong("notice_id"),
                row.getString("channel"),
                row.getInt("emergency") == 1,
                row.getInt("exercise") == 1,
                State.valueOf(row.getString("state")),
                row.getLong("upper_bound"),
                row.getLong("frontier"),
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstant(row.getLong("not_before")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                row.getInt("held") == 1 || row.getInt("restored") == 1 && paused().contains(town),
                Millis.toInstantOrNull(row.getObject("settled_at")));
    }

    /** After a restore people of each town decide what still goes out: of what was under way in the backup nothing leaves by itself. */
    private Set<Long> paused() {
        Set<Long> read = paused;
        if (read == null) {
            read = rows.facts().paused().keySet();
            paused = read;
        }
        return read;
    }

    @Override
    public void put(OpenDispatch dispatch) {
        rows.jdbc()
                .sql("""
                        UPDATE dispatch SET state = :state, frontier = :frontier, settled_at = :settled
                        WHERE town_id = :town AND id = :id
                        """)
                .param("state", dispatch.state().name())
                .param("frontier", dispatch.frontier())
                .param("settled", Millis.ofNullable(dispatch.wound()))
                .param("town", dispatch.ref().town())
                .param("id", dispatch.ref().dispatch())
                .update();
    }

    @Override
    public List<Slice> unfinished(Ref ref) {
        return rows.jdbc()
                .sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch AND done = 0 ORDER BY number"
                        + rows.held())
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(JdbcLedger::slice)
                .list();
    }

    @Override
    public Optional<Slice> slice(Ref ref, long number) {
        return rows.jdbc()
                .sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch AND number = :number" + rows.held())
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("number", number)
                .query(JdbcLedger::slice)
                .optional();
    }

    /** All of a dispatch, done or not, for whoever reads only. */
    static List<Slice> slices(JdbcClient jdbc, Ref ref) {
        return jdbc.sql(SLICE + "WHERE town_id = :town AND dispatch_id = :dispatch ORDER BY number")
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .query(JdbcLedger::slice)
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

    @Override
    public void put(Slice slice) {
        Tally tally = slice.tally();
        rows.jdbc()
                .sql("""
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

    @Override
    public List<Retry> retries(Ref ref, boolean due, int limit) {
        return rows.jdbc()
                .sql("""
                        SELECT * FROM (SELECT soonest.*, sum(size) OVER (ORDER BY due_at, recipient_key) AS so_many
                          FROM (SELECT * FROM dispatch_retry
                            WHERE town_id = :town AND dispatch_id = :dispatch AND due_at <= :now
                            ORDER BY due_at, recipient_key LIMIT :rows) AS soonest) AS counted
                        WHERE so_many <= :limit OR so_many = size
                        ORDER BY due_at, recipient_key
                        """)
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("now", due ? Millis.of(now()) : Long.MAX_VALUE)
                .param("rows", Math.min(limit, BATCH))
                .param("limit", limit)
                .query(JdbcLedger::retry)
                .list();
    }

    @Override
    public Optional<Retry> retry(Ref ref, long key) {
        return rows.jdbc()
                .sql(RETRY + "WHERE town_id = :town AND dispatch_id = :dispatch AND recipient_key = :key" + rows.held())
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .param("key", key)
                .query(JdbcLedger::retry)
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

    @Override
    public Optional<Instant> nextRetry(Ref ref) {
        return rows.jdbc()
                .sql("""
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
    @Override
    public void put(List<Retry> retries) {
        rows.batches().batchUpdate("""
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

    @Override
    public void due(Ref ref, Instant later) {
        rows.jdbc()
                .sql("""
                        UPDATE dispatch_retry SET due_at = :now
                        WHERE town_id = :town AND dispatch_id = :dispatch AND due_at > :later
                        """)
                .param("now", Millis.of(now()))
                .param("later", Millis.of(later))
                .param("town", ref.town())
                .param("dispatch", ref.dispatch())
                .update();
    }

    @Override
    public Set<Ref> answering(Set<String> origins) {
        List<Retry> waiting = rows.jdbc()
                .sql(RETRY + """
                        WHERE origin IN (:origins) AND origin <> '' AND under_way = 0 AND due_at > :now
                        ORDER BY town_id, dispatch_id, recipient_key
                        """ + rows.database().pick("", " FOR UPDATE SKIP LOCKED"))
                .param("origins", origins)
                .param("now", Millis.of(now()))
                .query(JdbcLedger::retry)
                .list();
        put(waiting.stream().map(retry -> retry.due(now())).toList());
        return waiting.stream().map(Retry::ref).collect(Collectors.toSet());
    }

    @Override
    public void remove(Ref ref, List<Long> retries) {
        rows.batches()
                .batchUpdate(
                        "DELETE FROM dispatch_retry WHERE town_id = ? AND dispatch_id = ? AND recipient_key = ?",
                        retries,
                        BATCH,
                        (row, key) -> {
                            row.setLong(1, ref.town());
                            row.setLong(2, ref.dispatch());
                            row.setLong(3, key);
                        });
    }

    @Override
    public boolean olderUnderWay(OpenDispatch dispatch) {
        return rows.jdbc()
                .sql("""
                        SELECT 1 FROM dispatch d
                        WHERE d.town_id = :town AND d.notice_id = :notice AND d.channel = :channel AND d.id < :id
                          AND d.settled_at IS NULL
                          AND (EXISTS (SELECT 1 FROM dispatch_slice s WHERE s.town_id = d.town_id AND s.dispatch_id = d.id
                              AND s.under_way = 1 AND (s.leased_until > :now OR :noted = 1))
                            OR :noted = 1 AND EXISTS (SELECT 1 FROM dispatch_retry r WHERE r.town_id = d.town_id
                              AND r.dispatch_id = d.id))
                        LIMIT 1
                        """)
                .param("town", dispatch.ref().town())
                .param("notice", dispatch.notice())
                .param("channel", dispatch.channel())
                .param("id", dispatch.ref().dispatch())
                .param("now", Millis.of(now()))
                .param("noted", channel(dispatch).notesWhoMissed() ? 1 : 0)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    // --- Recipients, by their channel ---

    private FannedOutChannel<?> channel(OpenDispatch dispatch) {
        return rows.channels().get(dispatch.channel());
    }

    private Errand errand(OpenDispatch dispatch) {
        return errands.computeIfAbsent(dispatch.ref(), rows.errands()::get);
    }

    @Override
    public long boundary(OpenDispatch dispatch, long after, long upTo, int count) {
        return channel(dispatch).boundary(new TownId(dispatch.ref().town()), after, upTo, count);
    }

    @Override
    public List<Recipient> recipients(OpenDispatch dispatch, long after, long upTo, int size) {
        return List.copyOf(channel(dispatch).recipients(errand(dispatch), after, upTo, size));
    }

    @Override
    public long count(OpenDispatch dispatch, long after, long upTo) {
        return channel(dispatch).count(errand(dispatch), after, upTo);
    }

    @Override
    public List<Recipient> recipients(OpenDispatch dispatch, List<Long> keys) {
        return keys.isEmpty() ? List.of() : List.copyOf(channel(dispatch).recipients(errand(dispatch), keys));
    }

    @Override
    public Set<Long> known(OpenDispatch dispatch, List<Long> keys) {
        return channel(dispatch).known(new TownId(dispatch.ref().town()), keys);
    }

    @Override
    public Set<Long> away(OpenDispatch dispatch, List<Long> keys) {
        return channel(dispatch).away(new TownId(dispatch.ref().town()), keys);
    }

    @Override
    public void forget(OpenDispatch dispatch, List<Recipient> gone) {
        if (!gone.isEmpty()) {
            rows.channels().forget(dispatch.channel(), new TownId(dispatch.ref().town()), gone);
        }
    }

    @Override
    public void missed(OpenDispatch dispatch, List<Long> keys) {
        if (!keys.isEmpty() && channel(dispatch).notesWhoMissed()) {
            channel(dispatch).missed(new TownId(dispatch.ref().town()), keys);
        }
    }

    @Override
    public void missed(OpenDispatch dispatch, long after, long upTo) {
        if (channel(dispatch).notesWhoMissed()) {
            missed(
                    dispatch,
                    recipients(dispatch, after, upTo, Integer.MAX_VALUE).stream()
                            .map(Recipient::key)
                            .toList());
        }
    }

    @Override
    public boolean repeatable(OpenDispatch dispatch) {
        return channel(dispatch).repeatable();
    }
}
