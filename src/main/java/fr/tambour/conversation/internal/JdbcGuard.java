package fr.tambour.conversation.internal;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Report;
import fr.tambour.conversation.ServerName;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Batches;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcGuard implements Guard {

    /** Names to a statement. */
    private static final int TOGETHER = 5_000;

    private final JdbcClient jdbc;

    JdbcGuard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean isBlocked(TownId town, String author, String handle, String host) {
        Set<String> hosts = namesOf(host);
        String address = Block.address(handle);
        String print = Fingerprint.of(author);
        // Asked several times for each thing that a stranger says: one statement.
        return jdbc.sql("""
                        SELECT 1 WHERE EXISTS (SELECT 1 FROM conversation_block
                            WHERE town_id = :town AND scope = 'AUTHOR' AND name IN (:authors))
                          OR EXISTS (SELECT 1 FROM conversation_block
                            WHERE town_id = :town AND scope = 'ADDRESS' AND name = :address)
                          OR EXISTS (SELECT 1 FROM conversation_block
                            WHERE town_id = :town AND scope = 'HOST' AND name IN (:hosts))
                          OR EXISTS (SELECT 1 FROM conversation_block WHERE town_id = :town AND known_as = :author)
                        """)
                .param("town", town.value())
                .param("authors", Set.of(author, print))
                .param("author", print)
                .param("address", address.isEmpty() ? "" : Block.fingerprint(address))
                .param("hosts", hosts)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** By which it may be kept out; as it was written before ports were left out, too. */
    private static Set<String> namesOf(String host) {
        Set<String> names = new HashSet<>(ServerName.andAbove(ServerName.of(host)));
        names.add(host);
        return names;
    }

    @Override
    public Set<String> blocked(TownId town, Collection<String> hosts) {
        List<String> all = hosts.stream()
                .distinct()
                .flatMap(host -> namesOf(host).stream())
                .distinct()
                .toList();
        Set<String> found = new HashSet<>();
        for (List<String> few : Batches.of(all, TOGETHER)) {
            found.addAll(jdbc.sql("""
                            SELECT name FROM conversation_block WHERE town_id = :town AND scope = 'HOST' AND name IN (:few)
                            """)
                    .param("town", town.value())
                    .param("few", few)
                    .query(String.class)
                    .list());
        }
        return found.isEmpty()
                ? Set.of()
                : hosts.stream()
                        .filter(host -> namesOf(host).stream().anyMatch(found::contains))
                        .collect(Collectors.toSet());
    }

    @Override
    public boolean block(TownId town, Block block) {
        return jdbc.sql("""
                        INSERT INTO conversation_block (town_id, id, scope, name, shown, remark, blocked_at, blocked_by,
                          list_id)
                        VALUES (:town, :id, :scope, :name, :shown, :remark, :at, :by, nullif(:list, 0))
                        ON CONFLICT (town_id, scope, name) DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("id", block.id())
                        .param("scope", block.scope().name())
                        .param("name", block.name())
                        .param("shown", block.shown())
                        .param("remark", block.remark())
                        .param("at", Millis.of(block.at()))
                        .param("by", block.by().value())
                        .param("list", block.list())
                        .update()
                == 1;
    }

    @Override
    public boolean isKnownAs(TownId town, String address, String author) {
        return jdbc.sql("""
                        UPDATE conversation_block SET known_as = :author
                        WHERE town_id = :town AND scope = 'ADDRESS' AND name = :name
                        """)
                        .param("author", Fingerprint.of(author))
                        .param("town", town.value())
                        .param("name", Block.fingerprint(address))
                        .update()
                == 1;
    }

    private static Block block(ResultSet row, int number) throws SQLException {
        return new Block(
                row.getLong("id"),
                Scope.valueOf(row.getString("scope")),
                row.getString("name"),
                row.getString("shown"),
                row.getString("remark"),
                Millis.toInstant(row.getLong("blocked_at")),
                new PersonId(row.getLong("blocked_by")),
                row.getLong("list_id"));
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
    public List<Block> blocks(TownId town, String named, int limit, int offset) {
        String which = named.isEmpty() ? "" : " AND lower(shown) LIKE :named ESCAPE '!'";
        JdbcClient.StatementSpec asked = jdbc.sql("SELECT * FROM conversation_block WHERE town_id = :town" + which
                        + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .param("town", town.value())
                .param("limit", limit)
                .param("offset", offset);
        return (named.isEmpty()
                        ? asked
                        : asked.param(
                                "named", "%" + named.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%"))
                .query(JdbcGuard::block)
                .list();
    }

    @Override
    public int blocks(TownId town) {
        return jdbc.sql("SELECT count(*) FROM conversation_block WHERE town_id = :town")
                .param("town", town.value())
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Block> servers(TownId town) {
        return jdbc.sql("SELECT * FROM conversation_block WHERE town_id = :town AND scope = 'HOST' ORDER BY name")
                .param("town", town.value())
                .query(JdbcGuard::block)
                .list();
    }

    @Override
    public Set<String> names(TownId town, Scope scope) {
        return Set.copyOf(jdbc.sql("SELECT name FROM conversation_block WHERE town_id = :town AND scope = :scope")
                .param("town", town.value())
                .param("scope", scope.name())
                .query(String.class)
                .list());
    }

    @Override
    public List<Block> ofList(TownId town, long list, int limit) {
        return jdbc.sql("""
                        SELECT * FROM conversation_block WHERE town_id = :town AND list_id = :list ORDER BY shown LIMIT :limit
                        """)
                .param("town", town.value())
                .param("list", list)
                .param("limit", limit)
                .query(JdbcGuard::block)
                .list();
    }

    @Override
    public int amountOfList(TownId town, long list) {
        return jdbc.sql("SELECT count(*) FROM conversation_block WHERE town_id = :town AND list_id = :list")
                .param("town", town.value())
                .param("list", list)
                .query(Integer.class)
                .single();
    }

    private record Named(long town, Block block) {}

    @Override
    public int forgetNames(Instant before, int limit) {
        List<Named> old = jdbc.sql("""
                        SELECT * FROM conversation_block
                        WHERE scope IN ('AUTHOR', 'ADDRESS') AND blocked_at < :before AND shown NOT LIKE :nameless LIMIT :limit
                        """)
                .param("before", Millis.of(before))
                .param("nameless", Block.namelessPattern())
                .param("limit", limit)
                .query((row, number) -> new Named(row.getLong("town_id"), block(row, number)))
                .list();
        old.forEach(this::forgetName);
        return old.size();
    }

    private void forgetName(Named one) {
        // They may have been blocked once more, by their hash.
        jdbc.sql("""
                        DELETE FROM conversation_block WHERE town_id = :town AND id = :id AND EXISTS (
                          SELECT 1 FROM conversation_block AS other
                          WHERE other.town_id = :town AND other.scope = 'AUTHOR' AND other.name = :name AND other.id <> :id)
                        """)
                .param("name", hashed(one.block().name()))
                .param("town", one.town())
                .param("id", one.block().id())
                .update();
        jdbc.sql("UPDATE conversation_block SET name = :name, shown = :shown WHERE town_id = :town AND id = :id")
                .param("name", hashed(one.block().name()))
                .param("shown", Block.nameless(one.block().shown()))
                .param("town", one.town())
                .param("id", one.block().id())
                .update();
    }

    /** It may be an identifier, from before people were kept by a hash. */
    private static String hashed(String name) {
        return name.contains(":") ? Fingerprint.of(name) : name;
    }

    @Override
    public void depart(TownId town, Departed departed, Instant now) {
        jdbc.sql("""
                        INSERT INTO conversation_departed (town_id, name, notice_id, author, host, arrived_at, noted_at)
                        VALUES (:town, :name, nullif(:notice, 0), :author, :host, :arrived, :now)
                        ON CONFLICT (town_id, name) DO UPDATE
                          SET arrived_at = COALESCE(excluded.arrived_at, conversation_departed.arrived_at),
                            noted_at = excluded.noted_at
                        """)
                .param("town", town.value())
                .param("name", Fingerprint.of(departed.name()))
                .param("notice", departed.notice().map(NoticeId::value).orElse(0L))
                .param("author", Fingerprint.of(departed.author()))
                .param("host", departed.host())
                .param("arrived", departed.arrived() == null ? null : Millis.of(departed.arrived()), Types.BIGINT)
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public Optional<NoticeId> noticeOfDeparted(TownId town, String name) {
        return jdbc.sql("SELECT notice_id FROM conversation_departed WHERE town_id = :town AND name = :name")
                .param("town", town.value())
                .param("name", Fingerprint.of(name))
                .query((row, number) -> row.getLong("notice_id"))
                .optional()
                .filter(notice -> notice != 0)
                .map(NoticeId::new);
    }

    @Override
    public int departed(TownId town, String host, @Nullable NoticeId notice, Instant since) {
        return departed("host = :whose AND " + isAbout(notice), town, host, notice, since);
    }

    @Override
    public int departedOf(TownId town, String author, @Nullable NoticeId notice, Instant since) {
        return departed("author = :whose AND " + isAbout(notice), town, Fingerprint.of(author), notice, since);
    }

    @Override
    public int departedOf(TownId town, String author, Instant since) {
        return departed("author = :whose", town, Fingerprint.of(author), null, since);
    }

    private static String isAbout(@Nullable NoticeId notice) {
        return notice == null ? "notice_id IS NULL" : "notice_id = :notice";
    }

    private int departed(String which, TownId town, String whose, @Nullable NoticeId notice, Instant since) {
        return jdbc.sql("SELECT count(*) FROM conversation_departed WHERE town_id = :town AND arrived_at > :since AND "
                        + which)
                .param("town", town.value())
                .param("whose", whose)
                .param("notice", notice == null ? 0L : notice.value())
                .param("since", Millis.of(since))
                .query(Integer.class)
                .single();
    }

    private static String grave(String author, String name) {
        return Fingerprint.of(author + "\n" + name);
    }

    @Override
    public void bury(TownId town, String author, String name, Instant now) {
        jdbc.sql("""
                        INSERT INTO conversation_tombstone (town_id, name, gone_at) VALUES (:town, :name, :now)
                        ON CONFLICT (town_id, name) DO UPDATE SET gone_at = excluded.gone_at
                        """)
                .param("town", town.value())
                .param("name", grave(author, name))
                .param("now", Millis.of(now))
                .update();
    }

    @Override
    public boolean isBuried(TownId town, String author, String name) {
        return jdbc.sql("SELECT 1 FROM conversation_tombstone WHERE town_id = :town AND name = :name")
                .param("town", town.value())
                .param("name", grave(author, name))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public boolean arrivesBeforeItsEnd(TownId town, String author, String name, Instant now) {
        // Where the row is there already nothing is written; where it is being written by another, this waits for that.
        boolean first = jdbc.sql("""
                        INSERT INTO conversation_tombstone (town_id, name, gone_at) VALUES (:town, :name, :now)
                        ON CONFLICT (town_id, name) DO NOTHING
                        """)
                        .param("town", town.value())
                        .param("name", grave(author, name))
                        .param("now", Millis.of(now))
                        .update()
                == 1;
        if (first) {
            jdbc.sql("DELETE FROM conversation_tombstone WHERE town_id = :town AND name = :name")
                    .param("town", town.value())
                    .param("name", grave(author, name))
                    .update();
        }
        return first;
    }

    @Override
    public long arrives(TownId town, String host, LocalDate day, Arrival kind) {
        jdbc.sql("""
                        INSERT INTO conversation_arrived (town_id, day, host, kind, amount) VALUES (:town, :day, :host, :kind, 1)
                        ON CONFLICT (town_id, day, host, kind) DO UPDATE SET amount = conversation_arrived.amount + 1
                        """)
                .param("town", town.value())
                .param("day", day.toEpochDay())
                .param("host", host)
                .param("kind", kind.name())
                .update();
        return jdbc.sql("""
                        SELECT amount FROM conversation_arrived
                        WHERE town_id = :town AND day = :day AND host = :host AND kind = :kind
                        """)
                .param("town", town.value())
                .param("day", day.toEpochDay())
                .param("host", host)
                .param("kind", kind.name())
                .query(Long.class)
                .single();
    }

    @Override
    public List<String> beyond(TownId town, Arrival kind, LocalDate since) {
        return jdbc.sql("""
                        SELECT DISTINCT host FROM conversation_arrived
                        WHERE town_id = :town AND day >= :since AND kind = :kind AND amount > :most ORDER BY host LIMIT 10
                        """)
                .param("town", town.value())
                .param("since", since.toEpochDay())
                .param("kind", kind.name())
                .param("most", kind.mostADay())
                .query(String.class)
                .list();
    }

    @Override
    public long dropped(TownId town, String host, LocalDate day) {
        jdbc.sql("""
                        INSERT INTO conversation_dropped (town_id, day, host, amount) VALUES (:town, :day, :host, 1)
                        ON CONFLICT (town_id, day, host) DO UPDATE SET amount = conversation_dropped.amount + 1
                        """)
                .param("town", town.value())
                .param("day", day.toEpochDay())
                .param("host", host)
                .update();
        return jdbc.sql("SELECT amount FROM conversation_dropped WHERE town_id = :town AND day = :day AND host = :host")
                .param("town", town.value())
                .param("day", day.toEpochDay())
                .param("host", host)
                .query(Long.class)
                .single();
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
    public List<Reported> reports(TownId town, boolean settled, int limit) {
        List<Reported> found = new ArrayList<>(reports(town, "done_at IS NULL", limit));
        if (settled && found.size() < limit) {
            found.addAll(reports(town, "done_at IS NOT NULL", limit - found.size()));
        }
        return List.copyOf(found);
    }

    private List<Reported> reports(TownId town, String which, int limit) {
        return jdbc.sql("SELECT * FROM conversation_report WHERE town_id = :town AND " + which
                        + " ORDER BY arrived_at DESC, id DESC LIMIT :limit")
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
    public int reportsWaiting(TownId town, int most) {
        return jdbc.sql("""
                        SELECT count(*) FROM (
                          SELECT 1 AS one FROM conversation_report WHERE town_id = :town AND done_at IS NULL LIMIT :most
                        ) AS waiting
                        """)
                .param("town", town.value())
                .param("most", most)
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
    public int purgeReports(Instant before, int limit) {
        return purged("conversation_report", "town_id, id", "arrived_at", Millis.of(before), limit);
    }

    @Override
    public int purgeCounts(LocalDate before, int limit) {
        return purged("conversation_dropped", "town_id, day, host", "day", before.toEpochDay(), limit)
                + purged("conversation_arrived", "town_id, day, host, kind", "day", before.toEpochDay(), limit);
    }

    @Override
    public int purgeTombstones(Instant before, int limit) {
        return purged("conversation_tombstone", "town_id, name", "gone_at", Millis.of(before), limit);
    }

    @Override
    public int purgeDeparted(Instant before, int limit) {
        return purged("conversation_departed", "town_id, name", "noted_at", Millis.of(before), limit);
    }

    private int purged(String table, String key, String when, long before, int limit) {
        return jdbc.sql("DELETE FROM %s WHERE (%s) IN (SELECT %s FROM %s WHERE %s < :before LIMIT :limit)"
                        .formatted(table, key, key, table, when))
                .param("before", before)
                .param("limit", limit)
                .update();
    }
}
