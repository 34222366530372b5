package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Holder;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.Slice;
import fr.tambour.dispatch.internal.engine.Tally;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Database;
import fr.tambour.storage.Ids;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcDispatches implements Dispatches {

    /** What takes back has no more of its own, over whatever channel. */
    private static final Duration MOST_DAYS = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Database database;
    private final Ids ids;
    private final LeftToTell left;
    private final InstanceFacts facts;
    private final FannedOutChannels channels;

    JdbcDispatches(
            JdbcClient jdbc,
            Database database,
            Ids ids,
            LeftToTell left,
            InstanceFacts facts,
            FannedOutChannels channels) {
        this.jdbc = jdbc;
        this.database = database;
        this.ids = ids;
        this.left = left;
        this.facts = facts;
        this.channels = channels;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Dispatch> of(TownId town, NoticeId notice) {
        boolean paused = facts.pausedSince(town.value()).isPresent();
        return jdbc.sql("""
                        SELECT id, town_id, notice_id, revision, channel, purpose, state, hours, upper_bound, held, restored, until_at,
                          opened_at, not_before, settled_at
                        FROM dispatch WHERE town_id = :town AND notice_id = :notice ORDER BY opened_at, id
                        """)
                .param("town", town.value())
                .param("notice", notice.value())
                .query((row, n) -> dispatch(row, paused))
                .list();
    }

    /** What is one way out for people: the dispatch of a publication, and those that wait for quiet hours to end. */
    private record Way(int revision, Purpose purpose, String channel, Instant openedAt) {

        static Way of(Dispatch dispatch) {
            return new Way(dispatch.revision(), dispatch.purpose(), dispatch.channel(), dispatch.openedAt());
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Account> accounts(TownId town, NoticeId notice) {
        return of(town, notice).stream()
                .collect(Collectors.groupingBy(Way::of, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(this::account)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Left left(Account account, List<Account> all) {
        return account.dispatch().settledAt() == null ? left.of(account, all) : Left.NONE;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restored() {
        jdbc.sql("UPDATE dispatch SET restored = 1 WHERE settled_at IS NULL").update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void resumed(TownId town, Instant now) {
        // Its days, and not those that an earlier resumption has put between its opening and its end.
        jdbc.sql("""
                        UPDATE dispatch SET until_at = :now
                          + CASE WHEN until_at - opened_at < :most THEN until_at - opened_at ELSE :most END
                        WHERE town_id = :town AND settled_at IS NULL AND restored = 1 AND hours = :takingBack
                          AND until_at < :now + CASE WHEN until_at - opened_at < :most THEN until_at - opened_at ELSE :most END
                        """)
                .param("now", Millis.of(now))
                .param("most", MOST_DAYS.toMillis())
                .param("town", town.value())
                .param("takingBack", Errands.TAKING_BACK)
                .update();
    }

    private record Waiting(NoticeId notice, Instant since) {}

    @Override
    @Transactional(readOnly = true)
    public List<Held> heldByRestore(TownId town, Instant now, int limit) {
        if (facts.pausedSince(town.value()).isEmpty()) {
            return List.of();
        }
        return jdbc
                .sql("""
                        SELECT notice_id, MIN(opened_at) AS since FROM dispatch
                        WHERE town_id = :town AND state = 'OPEN' AND settled_at IS NULL AND held = 0 AND restored = 1
                          AND (hours = :takingBack OR until_at > :now)
                        GROUP BY notice_id ORDER BY since, notice_id LIMIT :limit
                        """)
                .param("town", town.value())
                .param("now", Millis.of(now))
                .param("takingBack", Errands.TAKING_BACK)
                .param("limit", limit)
                .query((row, n) ->
                        new Waiting(new NoticeId(row.getLong("notice_id")), Millis.toInstant(row.getLong("since"))))
                .list()
                .stream()
                .map(each -> new Held(each.notice(), each.since(), leftByRestore(town, each.notice())))
                .toList();
    }

    private Left leftByRestore(TownId town, NoticeId notice) {
        List<Account> all = accounts(town, notice);
        return all.stream()
                .filter(account -> account.dispatch().heldBy() == Holder.RESTORE)
                .map(account -> left(account, all))
                .reduce(Left.NONE, Left::plus);
    }

    /** What takes back tells nobody who was not told before: nobody's choices decided it. */
    @Override
    @Transactional(readOnly = true)
    public List<Span> followed(TownId town, String channel, Instant now) {
        return jdbc.sql("""
                        SELECT DISTINCT d.not_before, d.settled_at FROM dispatch d
                        JOIN notice n ON n.town_id = d.town_id AND n.id = d.notice_id
                        WHERE d.town_id = :town AND d.channel = :channel AND d.upper_bound IS NOT NULL AND d.hours <> :takingBack
                          AND (n.public_state <> 'WITHDRAWN' AND n.until_at > :over
                            OR EXISTS (SELECT 1 FROM dispatch o WHERE o.town_id = d.town_id AND o.notice_id = d.notice_id
                              AND o.channel = d.channel AND o.settled_at IS NULL))
                        """)
                .param("town", town.value())
                .param("channel", channel)
                .param("takingBack", Errands.TAKING_BACK)
                .param("over", Millis.of(now.minus(AFTERWARDS)))
                .query((row, n) -> new Span(
                        Millis.toInstant(row.getLong("not_before")),
                        Millis.toInstantOrNull(row.getObject("settled_at"))))
                .list();
    }

    private Account account(List<Dispatch> parts) {
        Dispatch dispatch = asOne(parts);
        Tally tally = Tally.NONE;
        SortedMap<String, Long> again = new TreeMap<>();
        for (Dispatch part : parts) {
            if (part.carried()) {
                tally = tally.plus(tally(part));
                again(part, again);
            }
        }
        boolean any = tally.delays().count() > 0;
        return new Account(
                dispatch,
                parts,
                tally.accepted(),
                tally.gone(),
                tally.failures().byReason(),
                tally.expired(),
                tally.unknown(),
                tally.stopped(),
                again,
                tally.first(),
                tally.last(),
                any ? tally.delays().percentile(50) : null,
                any ? tally.delays().percentile(95) : null);
    }

    private static Dispatch asOne(List<Dispatch> parts) {
        Dispatch first = parts.getFirst();
        boolean settled = parts.stream().allMatch(part -> part.settledAt() != null);
        List<State> states = parts.stream().map(Dispatch::state).toList();
        return new Dispatch(
                first.id(),
                first.town(),
                first.notice(),
                first.revision(),
                first.channel(),
                first.purpose(),
                states.contains(State.OPEN)
                        ? State.OPEN
                        : states.contains(State.STOPPED) ? State.STOPPED : State.SETTLED,
                first.until(),
                first.carried(),
                first.takesBack(),
                heldBy(parts),
                first.openedAt(),
                first.notBefore(),
                settled
                        ? parts.stream()
                                .map(Dispatch::settledAt)
                                .filter(Objects::nonNull)
                                .max(Instant::compareTo)
                                .orElse(null)
                        : null);
    }

    private static @Nullable Holder heldBy(List<Dispatch> parts) {
        return parts.stream()
                .filter(part -> part.state() == State.OPEN)
                .map(Dispatch::heldBy)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Tally tally(Dispatch part) {
        return SliceRows.all(jdbc, new Ref(part.town().value(), part.id())).stream()
                .map(Slice::tally)
                .reduce(Tally.NONE, Tally::plus);
    }

    private void again(Dispatch part, SortedMap<String, Long> reasons) {
        jdbc.sql("""
                        SELECT reason, sum(size) AS n FROM dispatch_retry
                        WHERE town_id = :town AND dispatch_id = :dispatch GROUP BY reason
                        """)
                .param("town", part.town().value())
                .param("dispatch", part.id())
                .query(row -> {
                    reasons.merge(row.getString("reason"), row.getLong("n"), Long::sum);
                });
    }

    /** @param paused whether its town is, since a restore */
    private Dispatch dispatch(ResultSet row, boolean paused) throws SQLException {
        boolean takesBack = Errands.hours(row.getString("hours")) instanceof Hours.Reached;
        boolean waits = paused && row.getInt("restored") == 1;
        boolean carried = row.getObject("upper_bound") != null;
        String channel = row.getString("channel");
        return new Dispatch(
                row.getLong("id"),
                new TownId(row.getLong("town_id")),
                new NoticeId(row.getLong("notice_id")),
                row.getInt("revision"),
                channel,
                Purpose.valueOf(row.getString("purpose")),
                State.valueOf(row.getString("state")),
                waits && takesBack ? null : Millis.toInstantOrNull(row.getObject("until_at")),
                carried,
                takesBack,
                waits ? Holder.RESTORE : row.getInt("held") == 1 ? Holder.PERSON : carried ? lacking(channel) : null,
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstant(row.getLong("not_before")),
                Millis.toInstantOrNull(row.getObject("settled_at")));
    }

    private @Nullable Holder lacking(String channel) {
        return channels.has(channel) ? null : Holder.CHANNEL;
    }

    /** What all openings of a dispatch have in common. */
    record Opening(
            TownId town,
            NoticeId notice,
            int revision,
            String channel,
            Purpose purpose,
            Instant at,
            @Nullable Instant until) {}

    /** Writes a dispatch that is through as soon as the transaction commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    void shown(Opening opening) {
        insert(opening)
                .param("state", State.SETTLED.name())
                .param("kind", Kind.NEWS.name())
                .param("themes", "")
                .param("districts", "")
                .param("droppedThemes", "")
                .param("droppedDistricts", "")
                .param("hours", Errands.text(new Hours.Any()))
                .param("upper", null)
                .param("notBefore", Millis.of(opening.at()))
                .param("settled", Millis.of(opening.at()))
                .update();
    }

    /**
     * Writes a dispatch that is to be carried.
     *
     * @param upper the highest recipient key of now
     * @param notBefore when it may begin
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void fannedOut(Opening opening, Audience audience, Hours hours, long upper, Instant notBefore) {
        insert(opening)
                .param("state", State.OPEN.name())
                .param("kind", audience.kind().name())
                .param("themes", Errands.text(audience.themes()))
                .param("districts", Errands.text(audience.districts()))
                .param("droppedThemes", Errands.text(audience.dropped().themes()))
                .param("droppedDistricts", Errands.text(audience.dropped().districts()))
                .param("hours", Errands.text(hours))
                .param("upper", upper)
                .param("notBefore", Millis.of(notBefore))
                .param("settled", null)
                .update();
    }

    private JdbcClient.StatementSpec insert(Opening opening) {
        return jdbc.sql("""
                        INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, exercise, kind, themes,
                          districts, dropped_themes, dropped_districts, hours, upper_bound, frontier, held, opened_at, not_before,
                          until_at, settled_at)
                        SELECT :town, :id, :notice, :revision, :channel, :purpose, :state,
                          CASE WHEN kind = 'EMERGENCY' THEN 1 ELSE 0 END,
                          CASE WHEN exercise_since IS NOT NULL THEN 1 ELSE 0 END, :kind, :themes, :districts,
                          :droppedThemes, :droppedDistricts, :hours, :upper, 0, 0, :at, :notBefore, :until, :settled
                        FROM notice WHERE town_id = :town AND id = :notice
                        """)
                .param("town", opening.town().value())
                .param("id", id(opening))
                .param("notice", opening.notice().value())
                .param("revision", opening.revision())
                .param("channel", opening.channel())
                .param("purpose", opening.purpose().name())
                .param("at", Millis.of(opening.at()))
                .param("until", Millis.ofNullable(opening.until()));
    }

    /**
     * Greater than those of all earlier dispatches of the notice, also of those that a node made whose clock is ahead of ours:
     * what is older is told by it. Two nodes do not publish one notice at once: its row is held by now.
     */
    private long id(Opening opening) {
        long last = jdbc.sql("SELECT coalesce(max(id), 0) FROM dispatch WHERE town_id = :town AND notice_id = :notice")
                .param("town", opening.town().value())
                .param("notice", opening.notice().value())
                .query(Long.class)
                .single();
        return Math.max(ids.next(), last + 1);
    }

    /**
     * Nothing of a notice's dispatches leaves any more once the transaction commits. They are held by their ids first, as by
     * whoever carries them: an update holds them in whatever order it finds them.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void stop(TownId town, NoticeId notice) {
        String open = "WHERE town_id = :town AND notice_id = :notice AND state = 'OPEN'";
        of("SELECT id FROM dispatch " + open + " ORDER BY id" + JdbcLedger.held(database), town, notice)
                .query(Long.class)
                .list();
        of("UPDATE dispatch SET state = 'STOPPED' " + open, town, notice).update();
    }

    private JdbcClient.StatementSpec of(String sql, TownId town, NoticeId notice) {
        return jdbc.sql(sql).param("town", town.value()).param("notice", notice.value());
    }

    /**
     * The channels off which a correction took a notice, of which everybody was told who may have had it: it has gone there no
     * more since. The erratum of what is over takes back nothing: then nothing else of its revision has an end ahead.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Set<String> takenOff(TownId town, NoticeId notice) {
        return Set.copyOf(of("""
                        SELECT d.channel FROM dispatch d
                        WHERE d.town_id = :town AND d.notice_id = :notice AND d.purpose = 'CORRECTION' AND d.hours = :takingBack
                          AND d.state = 'SETTLED'
                          AND NOT EXISTS (SELECT 1 FROM dispatch later WHERE later.town_id = d.town_id
                            AND later.notice_id = d.notice_id AND later.channel = d.channel AND later.id > d.id)
                          AND EXISTS (SELECT 1 FROM dispatch o WHERE o.town_id = d.town_id AND o.notice_id = d.notice_id
                            AND o.revision = d.revision AND o.hours <> :takingBack AND o.until_at IS NOT NULL)
                        """, town, notice)
                .param("takingBack", Errands.TAKING_BACK)
                .query(String.class)
                .list());
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
