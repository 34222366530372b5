package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.OpenDispatch;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Retry;
import fr.tambour.dispatch.internal.engine.Slice;
import fr.tambour.storage.Database;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of one transaction: dispatches, {@link SliceRows}, {@link RetryRows}; and recipients, where their channel keeps them. */
final class JdbcLedger implements Ledger {

    private static final String DISPATCH = """
            SELECT town_id, id, notice_id, channel, emergency, exercise, state, hours, upper_bound, frontier, opened_at, not_before, until_at,
              held, restored, settled_at
            FROM dispatch
            """;

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Rows rows;
    private final SliceRows slices;
    private final RetryRows retries;
    private final Map<Ref, Errand> errands = new HashMap<>();
    private @Nullable Set<Long> paused;
    private @Nullable Instant now;
    private long readAt;

    JdbcLedger(Rows rows) {
        this.rows = rows;
        this.slices = new SliceRows(rows.jdbc(), rows.database());
        this.retries = new RetryRows(rows.jdbc(), rows.batches(), rows.database());
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
            Errands errands) {}

    /**
     * Read once for what is done at one moment, and anew as soon as it may be old, whatever took that long: what is held by
     * others was waited for, above all. A tenth of a second is little beside a lease.
     */
    @Override
    public Instant now() {
        Instant read = now;
        if (read == null || System.nanoTime() - readAt > A_MOMENT.toNanos()) {
            readAt = System.nanoTime();
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
                .sql(DISPATCH + "WHERE town_id = :town AND id = :id" + held(rows.database()))
                .param("town", ref.town())
                .param("id", ref.dispatch())
                .query(this::open)
                .optional();
    }

    /**
     * What goes over a channel that this house does not have is left alone until its end: another node may have it, as while they
     * are upgraded one after the other. What takes back has no end while a restore holds it.
     */
    private OpenDispatch open(ResultSet row, int number) throws SQLException {
        long town = row.getLong("town_id");
        String channel = row.getString("channel");
        boolean waits = row.getInt("restored") == 1 && paused().contains(town);
        boolean takesBack = Errands.TAKING_BACK.equals(row.getString("hours"));
        return new OpenDispatch(
                new Ref(town, row.getLong("id")),
                row.getLong("notice_id"),
                channel,
                row.getInt("emergency") == 1,
                row.getInt("exercise") == 1,
                State.valueOf(row.getString("state")),
                row.getLong("upper_bound"),
                row.getLong("frontier"),
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstant(row.getLong("not_before")),
                waits && takesBack ? null : Millis.toInstantOrNull(row.getObject("until_at")),
                row.getInt("held") == 1 || waits || !rows.channels().has(channel),
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
                .param("settled", Millis.ofNullable(dispatch.settledAt()))
                .param("town", dispatch.ref().town())
                .param("id", dispatch.ref().dispatch())
                .update();
    }

    @Override
    public List<Slice> unfinished(Ref ref) {
        return slices.unfinished(ref);
    }

    @Override
    public Optional<Slice> slice(Ref ref, long number) {
        return slices.find(ref, number);
    }

    @Override
    public void put(Slice slice) {
        slices.put(slice);
    }

    @Override
    public List<Retry> dueRetries(Ref ref, int limit) {
        return retries.soonest(ref, Millis.of(now()), limit);
    }

    @Override
    public List<Retry> retries(Ref ref, int limit) {
        return retries.soonest(ref, Long.MAX_VALUE, limit);
    }

    @Override
    public Optional<Retry> retry(Ref ref, long key) {
        return retries.find(ref, key);
    }

    @Override
    public Optional<Instant> nextRetry(Ref ref) {
        return retries.next(ref);
    }

    @Override
    public void put(List<Retry> waiting) {
        retries.put(waiting);
    }

    @Override
    public void makeDue(Ref ref, Instant later) {
        retries.makeDue(ref, later, now());
    }

    @Override
    public Set<Ref> bringForward(Set<String> origins) {
        return retries.bringForward(origins, now());
    }

    @Override
    public void remove(Ref ref, List<Long> keys) {
        retries.remove(ref, keys);
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
