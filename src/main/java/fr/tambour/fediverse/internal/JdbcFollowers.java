package fr.tambour.fediverse.internal;

import fr.tambour.fediverse.internal.FollowingInbox.Following;
import fr.tambour.storage.Batches;
import fr.tambour.storage.Database;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcFollowers implements Followers {

    /** In place of an account: any. */
    private static final long ANY = 0;

    private static final String OF_ACTOR = " AND (actor_id = :actor OR :actor = " + ANY + ")";

    /** A server whose people have an inbox each has some hundreds of them that follow a town, not more. */
    private static final int MOST_OF_ONE_HOST = 2_000;

    /** Of a host that took nothing for so long: from then on it is told nothing new, but once in as long. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    /** Whoever failed and was not heard of for so long has failed anew: two evils far apart are no long one. */
    private static final Duration UNBROKEN = Duration.ofDays(3);

    private static final int TOGETHER = 1_000;

    private static final String INBOX =
            "SELECT id, address, host, shared, failed_at, failure, failure_status, failure_until, missed_at"
                    + " FROM fediverse_inbox AS inbox";

    private static final String IN_RANGE = " WHERE town_id = :town AND id > :after AND id <= :to";

    private final JdbcClient jdbc;
    private final Database database;
    private final Ids ids;
    private final Clock clock;

    JdbcFollowers(JdbcClient jdbc, Database database, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public boolean add(Actor followed, RemoteActor follower, URI follow, Instant now) {
        return add(followed.town(), followed.id(), follower, follow, now);
    }

    private boolean add(TownId town, long actor, RemoteActor follower, URI follow, Instant now) {
        URI inbox = follower.sharedInbox();
        if (isCrowded(town, inbox)) {
            return false;
        }
        List<Read> before = read(town, actor, follower.uri());
        long fresh = ids.next();
        jdbc.sql("""
                        INSERT INTO fediverse_inbox (town_id, id, address, host, shared)
                        VALUES (:town, :id, :address, :host, :shared)
                        ON CONFLICT (town_id, address) DO UPDATE SET left_at = NULL
                        """)
                .param("town", town.value())
                .param("id", fresh)
                .param("address", inbox.toString())
                .param("host", inbox.getRawAuthority())
                .param("shared", inbox.equals(follower.inbox()) ? 0 : 1)
                .update();
        long key = jdbc.sql("SELECT id FROM fediverse_inbox WHERE town_id = :town AND address = :address")
                .param("town", town.value())
                .param("address", inbox.toString())
                .query(Long.class)
                .single();
        jdbc.sql("""
                        INSERT INTO fediverse_follower (town_id, id, actor_id, remote, inbox_id, follow, since)
                        VALUES (:town, :id, :actor, :remote, :inbox, :follow, :now)
                        ON CONFLICT (town_id, actor_id, remote) DO UPDATE
                          SET inbox_id = excluded.inbox_id, follow = excluded.follow
                        """)
                .param("town", town.value())
                .param("id", ids.next())
                .param("actor", actor)
                .param("remote", follower.uri().toString())
                .param("inbox", key)
                .param("follow", follow.toString())
                .param("now", Millis.of(now))
                .update();
        if (isNew(town, key, actor) && key != fresh) {
            // What the account told before is not known there, although the inbox is.
            missed(town, List.of(key), now);
        }
        leaveIfEmpty(town, before, now);
        return true;
    }

    private record Asked(long actor, URI follow) {}

    @Override
    public void move(TownId town, URI from, RemoteActor to, Instant now) {
        // Leave to follow was given to one account, not to whichever it names.
        List<Asked> followed = jdbc.sql("""
                        SELECT actor_id, follow FROM fediverse_follower AS follower
                        WHERE town_id = :town AND remote = :remote AND NOT EXISTS (SELECT 1 FROM fediverse_actor AS own
                          WHERE own.town_id = follower.town_id AND own.id = follower.actor_id
                            AND own.approves_since IS NOT NULL)
                        """)
                .param("town", town.value())
                .param("remote", from.toString())
                .query((row, n) -> new Asked(row.getLong("actor_id"), URI.create(row.getString("follow"))))
                .list();
        followed.stream()
                .filter(asked -> add(town, asked.actor(), to, asked.follow(), now))
                .forEach(asked -> remove(town, asked.actor(), from, now));
    }

    @Override
    public void readsAt(TownId town, RemoteActor follower, Instant now) {
        List<Asked> elsewhere = jdbc.sql("""
                        SELECT follower.actor_id, follower.follow FROM fediverse_follower AS follower
                        JOIN fediverse_inbox AS inbox ON inbox.town_id = follower.town_id AND inbox.id = follower.inbox_id
                        WHERE follower.town_id = :town AND follower.remote = :remote AND inbox.address <> :inbox
                        """)
                .param("town", town.value())
                .param("remote", follower.uri().toString())
                .param("inbox", follower.sharedInbox().toString())
                .query((row, n) -> new Asked(row.getLong("actor_id"), URI.create(row.getString("follow"))))
                .list();
        elsewhere.forEach(asked -> add(town, asked.actor(), follower, asked.follow(), now));
    }

    /** Whether nobody followed this account from there. */
    private boolean isNew(TownId town, long inbox, long actor) {
        return jdbc.sql("""
                        INSERT INTO fediverse_following (town_id, inbox_id, actor_id) VALUES (:town, :inbox, :actor)
                        ON CONFLICT (town_id, inbox_id, actor_id) DO UPDATE SET left_at = NULL
                          WHERE fediverse_following.left_at IS NOT NULL
                        """)
                        .param("town", town.value())
                        .param("inbox", inbox)
                        .param("actor", actor)
                        .update()
                == 1;
    }

    private boolean isCrowded(TownId town, URI inbox) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT 1 FROM fediverse_inbox
                          WHERE town_id = :town AND host = :host AND address <> :address LIMIT :most) AS those
                        """)
                        .param("town", town.value())
                        .param("host", inbox.getRawAuthority())
                        .param("address", inbox.toString())
                        .param("most", MOST_OF_ONE_HOST)
                        .query(Integer.class)
                        .single()
                >= MOST_OF_ONE_HOST;
    }

    @Override
    public boolean follows(TownId town, URI follower) {
        return jdbc.sql("SELECT 1 FROM fediverse_follower WHERE town_id = :town AND remote = :remote LIMIT 1")
                .param("town", town.value())
                .param("remote", follower.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public boolean follows(Actor followed, URI follower) {
        return !read(followed.town(), followed.id(), follower).isEmpty();
    }

    @Override
    public void removeAsked(Actor followed, URI follower, URI follow, Instant now) {
        boolean theirs = jdbc.sql("""
                        SELECT 1 FROM fediverse_follower
                        WHERE town_id = :town AND actor_id = :actor AND remote = :remote AND follow = :follow
                        """)
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .param("remote", follower.toString())
                .param("follow", follow.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (theirs) {
            remove(followed, follower, now);
        }
    }

    @Override
    public void remove(Actor followed, URI follower, Instant now) {
        remove(followed.town(), followed.id(), follower, now);
    }

    @Override
    public void removeEverywhere(TownId town, URI follower, Instant now) {
        remove(town, ANY, follower, now);
    }

    private void remove(TownId town, long actor, URI follower, Instant now) {
        List<Read> read = read(town, actor, follower);
        lock(town, read);
        jdbc.sql("DELETE FROM fediverse_follower WHERE town_id = :town AND remote = :remote" + OF_ACTOR)
                .param("town", town.value())
                .param("remote", follower.toString())
                .param("actor", actor)
                .update();
        leaveIfEmpty(town, read, now);
    }

    @Override
    public void removeAll(Actor followed, Instant now) {
        List<Read> read = jdbc.sql("""
                        SELECT inbox_id FROM fediverse_following
                        WHERE town_id = :town AND actor_id = :actor AND left_at IS NULL ORDER BY inbox_id
                        """)
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .query((row, n) -> new Read(row.getLong("inbox_id"), followed.id()))
                .list();
        lock(followed.town(), read);
        jdbc.sql("DELETE FROM fediverse_follower WHERE town_id = :town AND actor_id = :actor")
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .update();
        leaveIfEmpty(followed.town(), read, now);
    }

    /** Where somebody reads what one of the town's accounts tells. */
    private record Read(long inbox, long actor) {}

    private List<Read> read(TownId town, long actor, URI follower) {
        return jdbc.sql("SELECT inbox_id, actor_id FROM fediverse_follower WHERE town_id = :town AND remote = :remote"
                        + OF_ACTOR)
                .param("town", town.value())
                .param("remote", follower.toString())
                .param("actor", actor)
                .query((row, n) -> new Read(row.getLong("inbox_id"), row.getLong("actor_id")))
                .list();
    }

    /**
     * Whoever comes to an inbox and whoever leaves it waits for the other there, before anything else of theirs is touched: what is
     * decided next sees what the other did.
     */
    private void lock(TownId town, List<Read> read) {
        read.stream()
                .map(Read::inbox)
                .distinct()
                .sorted()
                .forEach(inbox -> jdbc.sql(
                                "UPDATE fediverse_inbox SET left_at = left_at WHERE town_id = :town AND id = :inbox")
                        .param("town", town.value())
                        .param("inbox", inbox)
                        .update());
    }

    private void leaveIfEmpty(TownId town, List<Read> read, Instant now) {
        lock(town, read);
        for (Read one : read) {
            jdbc.sql("""
                            UPDATE fediverse_following SET left_at = :now
                            WHERE town_id = :town AND inbox_id = :inbox AND actor_id = :actor AND left_at IS NULL
                              AND NOT EXISTS (SELECT 1 FROM fediverse_follower
                                WHERE town_id = :town AND inbox_id = :inbox AND actor_id = :actor)
                            """)
                    .param("town", town.value())
                    .param("inbox", one.inbox())
                    .param("actor", one.actor())
                    .param("now", Millis.of(now))
                    .update();
            jdbc.sql("""
                            UPDATE fediverse_inbox SET left_at = :now WHERE town_id = :town AND id = :inbox AND left_at IS NULL
                              AND NOT EXISTS (SELECT 1 FROM fediverse_follower WHERE town_id = :town AND inbox_id = :inbox)
                            """)
                    .param("town", town.value())
                    .param("inbox", one.inbox())
                    .param("now", Millis.of(now))
                    .update();
        }
    }

    @Override
    public long count(Actor followed) {
        return jdbc.sql("SELECT count(*) FROM fediverse_follower WHERE town_id = :town AND actor_id = :actor")
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .query(Long.class)
                .single();
    }

    @Override
    public long highestKey(TownId town) {
        return jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM fediverse_inbox WHERE town_id = :town")
                .param("town", town.value())
                .query(Long.class)
                .single();
    }

    @Override
    public List<FollowingInbox> inboxes(TownId town, Told told, long after, long upTo, int limit) {
        Condition meant = Condition.of(told, lastProbe(), clock.instant());
        return withFollowing(
                town,
                jdbc.sql(INBOX + IN_RANGE + meant.sql() + " ORDER BY id LIMIT :limit")
                        .param("town", town.value())
                        .param("after", after)
                        .param("to", upTo)
                        .params(meant.values())
                        .param("limit", limit)
                        .query((row, n) -> inbox(row))
                        .list());
    }

    @Override
    public long count(TownId town, Told told, long after, long upTo) {
        Condition meant = Condition.of(told, lastProbe(), clock.instant());
        return jdbc.sql("SELECT count(*) FROM fediverse_inbox AS inbox" + IN_RANGE + meant.sql())
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .params(meant.values())
                .query(Long.class)
                .single();
    }

    @Override
    public List<FollowingInbox> inboxes(TownId town, Told told, Collection<Long> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Condition meant = Condition.of(told, clock.instant(), clock.instant());
        return withFollowing(
                town,
                jdbc.sql(INBOX + " WHERE town_id = :town AND id IN (:keys)" + meant.sql() + " ORDER BY id")
                        .param("town", town.value())
                        .param("keys", keys)
                        .params(meant.values())
                        .query((row, n) -> inbox(row))
                        .list());
    }

    /** Which accounts are followed from each, or were: one question for a page, whatever the planner knows of the table. */
    private List<FollowingInbox> withFollowing(TownId town, List<FollowingInbox> inboxes) {
        Map<Long, List<Following>> following = new HashMap<>();
        eachFew(
                inboxes.stream().map(FollowingInbox::key).toList(),
                few -> jdbc.sql("""
                        SELECT inbox_id, actor_id, left_at FROM fediverse_following
                        WHERE town_id = :town AND inbox_id IN (:keys)
                        """)
                        .param("town", town.value())
                        .param("keys", few)
                        .query(row -> {
                            following
                                    .computeIfAbsent(row.getLong("inbox_id"), key -> new ArrayList<>())
                                    .add(new Following(
                                            row.getLong("actor_id"), Millis.toInstantOrNull(row.getObject("left_at"))));
                        }));
        return inboxes.stream()
                .map(inbox -> inbox.with(following.getOrDefault(inbox.key(), List.of())))
                .toList();
    }

    private Instant lastProbe() {
        return clock.instant().minus(PATIENCE);
    }

    /** Whom an errand is for; whoever left or was set aside before an earlier one was published was not reached by it. */
    private record Condition(String sql, Map<String, Object> values) {

        /**
         * No EXISTS: of a table that it has no statistics of yet, PostgreSQL reads all for each inbox of a page then, which takes
         * seconds instead of milliseconds.
         */
        private static final String FOLLOWS = " AND (SELECT 1 FROM fediverse_following AS account"
                + " WHERE account.town_id = :town AND account.inbox_id = inbox.id AND account.actor_id IN (:accounts%s)"
                + " AND (account.left_at IS NULL%s) LIMIT 1) = 1";

        /**
         * @param probed what was set aside by then is tried once more
         * @param now what was set aside later than that was so by a clock that was wrong
         */
        static Condition of(Told told, Instant probed, Instant now) {
            Map<String, Object> values = new HashMap<>();
            StringBuilder sql = new StringBuilder(" AND (");
            if (told.current().isEmpty()) {
                sql.append("1 = 0");
            } else {
                sql.append("left_at IS NULL AND (aside_at IS NULL OR aside_at <= :probed OR aside_at > :now)")
                        .append(FOLLOWS.formatted("", ""));
                values.put("probed", Millis.of(probed));
                values.put("now", Millis.of(now));
                values.put("accounts", told.current());
            }
            for (int i = 0; i < told.earlier().size(); i++) {
                Told.Earlier earlier = told.earlier().get(i);
                sql.append(" OR id > :from%1$d AND id <= :reached%1$d AND (aside_at IS NULL OR aside_at > :opened%1$d)"
                                .formatted(i))
                        .append(FOLLOWS.formatted(i, " OR account.left_at > :opened" + i));
                values.put("from" + i, earlier.reach().from());
                values.put("reached" + i, earlier.reach().to());
                values.put("opened" + i, Millis.of(earlier.reach().openedAt()));
                values.put("accounts" + i, earlier.accounts());
            }
            return new Condition(sql.append(')').toString(), values);
        }
    }

    private static FollowingInbox inbox(ResultSet row) throws SQLException {
        return new FollowingInbox(
                row.getLong("id"),
                URI.create(row.getString("address")),
                row.getString("host"),
                row.getInt("shared") == 1,
                Millis.toInstantOrNull(row.getObject("failed_at")),
                failure(row),
                Millis.toInstantOrNull(row.getObject("missed_at")),
                List.of());
    }

    static @Nullable Failure failure(ResultSet row) throws SQLException {
        String why = row.getString("failure");
        return why == null
                ? null
                : new Failure(
                        Failure.Why.valueOf(why),
                        row.getInt("failure_status"),
                        Millis.toInstantOrNull(row.getObject("failure_until")));
    }

    @Override
    public void areWell(TownId town, Set<String> hosts, Instant now) {
        eachFew(
                hosts,
                few -> jdbc.sql("""
                        UPDATE fediverse_inbox SET failing_since = NULL, failed_at = NULL, aside_at = NULL, missed_at = :now,
                          failure = NULL, failure_status = NULL, failure_until = NULL
                        WHERE town_id = :town AND host IN (:hosts) AND failing_since IS NOT NULL
                        """)
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("hosts", few)
                        .update());
    }

    @Override
    public void fail(TownId town, Set<String> hosts, Failure why, Instant now, Instant before) {
        fail(town, "host", hosts, why, now, before);
    }

    @Override
    public void refuse(TownId town, Collection<Long> keys, Failure why, Instant now, Instant before) {
        fail(town, "id", keys, why, now, before);
    }

    /** What lies ahead was noted by a clock that was wrong. */
    private void fail(TownId town, String column, Collection<?> those, Failure why, Instant now, Instant before) {
        eachFew(
                those,
                few -> jdbc.sql("""
                        UPDATE fediverse_inbox SET
                          aside_at = CASE
                            WHEN aside_at > :now THEN NULL
                            WHEN failing_since <= :patience
                              AND (aside_at IS NOT NULL OR failed_at >= :unbroken AND failed_at <= :now)
                              AND EXISTS (SELECT 1 FROM fediverse_inbox AS other
                                WHERE other.town_id = :town AND other.left_at IS NULL AND other.failing_since IS NULL)
                              THEN :now
                            ELSE aside_at END,
                          failing_since = CASE
                            WHEN failing_since IS NULL OR failing_since > :now OR aside_at IS NULL AND failed_at < :unbroken
                              THEN :now
                            ELSE failing_since END,
                          failed_at = :now, failure = :why, failure_status = :status, failure_until = :until
                        WHERE town_id = :town AND %s IN (:those) AND (failing_since IS NULL OR failed_at <= :before OR failed_at > :now
                          OR failure IS NULL OR failure <> :why OR failure_status <> :status
                          OR COALESCE(failure_until, 0) <> COALESCE(:until, 0))
                        """.formatted(column))
                        .param("now", Millis.of(now))
                        .param("patience", Millis.of(now.minus(PATIENCE)))
                        .param("unbroken", Millis.of(now.minus(UNBROKEN)))
                        .param("before", Millis.of(before))
                        .param("why", why.why().name())
                        .param("status", why.status())
                        .param("until", why.until() == null ? null : Millis.of(why.until()), Types.BIGINT)
                        .param("town", town.value())
                        .param("those", few)
                        .update());
    }

    @Override
    public void missed(TownId town, Collection<Long> keys, Instant now) {
        eachFew(
                keys,
                few -> jdbc.sql("UPDATE fediverse_inbox SET missed_at = :now WHERE town_id = :town AND id IN (:keys)")
                        .param("now", Millis.of(now))
                        .param("town", town.value())
                        .param("keys", few)
                        .update());
    }

    /** As many as a statement takes. */
    private static <T> void eachFew(Collection<T> all, Consumer<List<T>> change) {
        Batches.of(all, TOGETHER).forEach(change);
    }

    @Override
    public long boundary(TownId town, long after, long upTo, int count) {
        return jdbc.sql("""
                        SELECT id FROM fediverse_inbox WHERE town_id = :town AND id > :after AND id <= :to
                        ORDER BY id LIMIT 1 OFFSET :skipped
                        """)
                .param("town", town.value())
                .param("after", after)
                .param("to", upTo)
                .param("skipped", count - 1)
                .query(Long.class)
                .optional()
                .orElse(upTo);
    }

    @Override
    public Set<Long> known(TownId town, Collection<Long> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT id FROM fediverse_inbox WHERE town_id = :town AND id IN (:keys)")
                        .param("town", town.value())
                        .param("keys", keys)
                        .query(Long.class)
                        .list());
    }

    private static final String FOLLOWER = """
            SELECT follower.id, follower.actor_id, follower.remote, inbox.address, inbox.shared, follower.follow
            FROM fediverse_follower follower
            JOIN fediverse_inbox inbox ON inbox.town_id = follower.town_id AND inbox.id = follower.inbox_id
            WHERE follower.town_id = :town AND\s""";

    private static Follower follower(ResultSet row, int number) throws SQLException {
        return new Follower(
                row.getLong("id"),
                row.getLong("actor_id"),
                URI.create(row.getString("remote")),
                URI.create(row.getString("address")),
                row.getInt("shared") == 0,
                URI.create(row.getString("follow")));
    }

    @Override
    public List<Follower> page(TownId town, long after, int limit) {
        return jdbc.sql(FOLLOWER + "follower.id > :after ORDER BY follower.id LIMIT :limit")
                .param("town", town.value())
                .param("after", after)
                .param("limit", limit)
                .query(JdbcFollowers::follower)
                .list();
    }

    @Override
    public List<Follower> of(Actor followed, String who) {
        return jdbc.sql(FOLLOWER + "follower.actor_id = :actor AND follower.remote = :who")
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .param("who", who)
                .query(JdbcFollowers::follower)
                .list();
    }

    @Override
    public void remove(TownId town, List<Follower> those, Instant now) {
        eachFew(those.stream().map(Follower::id).toList(), few -> {
            List<Read> read = jdbc.sql("""
                            SELECT DISTINCT inbox_id, actor_id FROM fediverse_follower
                            WHERE town_id = :town AND id IN (:ids) ORDER BY inbox_id, actor_id
                            """)
                    .param("town", town.value())
                    .param("ids", few)
                    .query((row, n) -> new Read(row.getLong("inbox_id"), row.getLong("actor_id")))
                    .list();
            lock(town, read);
            jdbc.sql("DELETE FROM fediverse_follower WHERE town_id = :town AND id IN (:ids)")
                    .param("town", town.value())
                    .param("ids", few)
                    .update();
            leaveIfEmpty(town, read, now);
        });
    }

    /**
     * Waits for nobody: two nodes hear in another order whose inboxes are gone. Whoever holds the inbox forgets it too, or somebody
     * comes to it; who is just moving elsewhere leaves it by themselves.
     */
    @Override
    public void forget(TownId town, FollowingInbox gone) {
        String free = database.pick("", " FOR UPDATE SKIP LOCKED");
        boolean held = jdbc.sql("SELECT id FROM fediverse_inbox WHERE town_id = :town AND id = :inbox" + free)
                .param("town", town.value())
                .param("inbox", gone.key())
                .query(Long.class)
                .optional()
                .isEmpty();
        if (held) {
            return;
        }
        String empty =
                " AND NOT EXISTS (SELECT 1 FROM fediverse_follower WHERE town_id = :town AND inbox_id = :inbox%s)";
        for (String those : List.of(
                "fediverse_follower WHERE town_id = :town AND id IN (SELECT id FROM fediverse_follower"
                        + " WHERE town_id = :town AND inbox_id = :inbox" + free + ")",
                "fediverse_following WHERE town_id = :town AND inbox_id = :inbox"
                        + empty.formatted(" AND actor_id = fediverse_following.actor_id"),
                "fediverse_inbox WHERE town_id = :town AND id = :inbox" + empty.formatted(""))) {
            jdbc.sql("DELETE FROM " + those)
                    .param("town", town.value())
                    .param("inbox", gone.key())
                    .update();
        }
    }
}
