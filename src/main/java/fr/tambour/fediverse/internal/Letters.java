package fr.tambour.fediverse.internal;

import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What answers one server, kept until it took it. */
@Repository
class Letters {

    private static final long NO_TOWN = -1;
    private static final int MOST_FOR_ONE_HOST = 1_000;

    private final JdbcClient jdbc;
    private final Ids ids;

    Letters(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * @param from whose it is; 0: the town's own account's
     * @param attempts how often it left so far
     * @param owed whether it leaves even to somebody who is blocked meanwhile
     */
    record Letter(
            TownId town, long id, long from, URI address, byte[] body, int attempts, Instant writtenAt, boolean owed) {}

    /**
     * In the caller's transaction, with which it may leave. The same once more to the same takes the place of the first; to one
     * host that takes nothing no more than so many wait.
     *
     * @return false where so many wait already
     */
    boolean add(Actor from, URI address, byte[] body, Instant now) {
        return add(from, address, body, false, now);
    }

    /** @param owed whether it leaves even to somebody who is blocked meanwhile */
    boolean add(Actor from, URI address, byte[] body, boolean owed, Instant now) {
        return replace(from, address, body, owed, now, MOST_FOR_ONE_HOST);
    }

    /**
     * What is done only if whoever asked for it hears so. In the caller's transaction.
     *
     * @throws NoRoom where so many wait already: nothing of it is done then
     */
    void answer(Actor from, URI address, byte[] body, Instant now) {
        if (!add(from, address, body, now)) {
            throw new NoRoom();
        }
    }

    /**
     * What only takes away what they have: however many wait, since there is no more of it than was given. In the caller's
     * transaction.
     */
    void takeAway(Actor from, URI address, byte[] body, Instant now) {
        replace(from, address, body, false, now, Integer.MAX_VALUE);
    }

    private boolean replace(Actor from, URI address, byte[] body, boolean owed, Instant now, int most) {
        String text = new String(body, StandardCharsets.UTF_8);
        drop(from, address, "body = :body", text);
        return write(from, address, text, null, owed, now, now, most);
    }

    /** Whether something more may wait for the server that reads there. */
    boolean hasRoom(TownId town, URI address) {
        return jdbc.sql("SELECT count(*) FROM fediverse_letter WHERE town_id = :town AND host = :host")
                        .param("town", town.value())
                        .param("host", address.getRawAuthority())
                        .query(Integer.class)
                        .single()
                < MOST_FOR_ONE_HOST;
    }

    /**
     * What is left of a round: it was not taken, or nobody knows. In the caller's transaction.
     *
     * @param due not before then
     */
    void add(Rounds.Round round, URI address, Instant now, Instant due) {
        write(
                round.from(),
                address,
                new String(round.body(), StandardCharsets.UTF_8),
                round.subject(),
                false,
                now,
                due,
                MOST_FOR_ONE_HOST);
    }

    private boolean write(
            Actor from,
            URI address,
            String body,
            @Nullable String subject,
            boolean owed,
            Instant now,
            Instant due,
            int most) {
        return jdbc.sql("""
                        INSERT INTO fediverse_letter
                          (town_id, id, address, host, body, attempts, written_at, due_at, actor_id, subject,
                           owed)
                        SELECT :town, :id, :address, :host, :body, 0, :now, :due, :actor, :subject, :owed
                        WHERE (SELECT count(*) FROM fediverse_letter WHERE town_id = :town AND host = :host) < :most
                        """)
                        .param("town", from.town().value())
                        .param("id", ids.next())
                        .param("address", address.toString())
                        .param("host", address.getRawAuthority())
                        .param("body", body)
                        .param("now", Millis.of(now))
                        .param("due", Millis.of(due))
                        .param("actor", from.id(), Types.BIGINT)
                        .param("subject", subject, Types.VARCHAR)
                        .param("owed", owed ? 1 : 0)
                        .param("most", most)
                        .update()
                == 1;
    }

    /** None of what is left of rounds of this subject leaves any more, those that are through among them. In the caller's transaction. */
    void drop(TownId town, String subject) {
        jdbc.sql("DELETE FROM fediverse_letter WHERE town_id = :town AND subject = :subject")
                .param("town", town.value())
                .param("subject", subject)
                .update();
    }

    /** The activity of this identifier does not leave any more, if it has not yet. In the caller's transaction. */
    void takeBack(Actor from, URI address, String activity) {
        drop(from, address, "body LIKE :body", "%\"id\":\"" + activity + "\"%");
    }

    private static Collection<Long> orNone(Collection<Long> towns) {
        return towns.isEmpty() ? List.of(NO_TOWN) : towns;
    }

    private void drop(Actor from, URI address, String which, String body) {
        jdbc.sql("DELETE FROM fediverse_letter WHERE town_id = :town AND host = :host AND address = :address AND "
                        + which)
                .param("town", from.town().value())
                .param("host", address.getRawAuthority())
                .param("address", address.toString())
                .param("body", body)
                .update();
    }

    boolean anyDue(Instant now, Collection<Long> paused) {
        return jdbc.sql("SELECT 1 FROM fediverse_letter WHERE due_at <= :now AND town_id NOT IN (:paused) LIMIT 1")
                .param("now", Millis.of(now))
                .param("paused", orNone(paused))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Those that are due, which nobody else takes for a while: whoever ends meanwhile has lost none; but for those of these towns. */
    List<Letter> take(Instant now, Duration lease, int limit, Collection<Long> paused) {
        List<Letter> due = jdbc.sql("""
                        SELECT * FROM fediverse_letter
                        WHERE due_at <= :now AND town_id NOT IN (:paused)
                        ORDER BY due_at, id LIMIT :limit
                        """)
                .param("now", Millis.of(now))
                .param("paused", orNone(paused))
                .param("limit", limit)
                .query(Letters::letter)
                .list();
        return due.stream()
                .filter(letter -> jdbc.sql("""
                                        UPDATE fediverse_letter SET due_at = :until, attempts = attempts + 1
                                        WHERE town_id = :town AND id = :id AND due_at <= :now
                                        """)
                                .param("until", Millis.of(now.plus(lease)))
                                .param("now", Millis.of(now))
                                .param("town", letter.town().value())
                                .param("id", letter.id())
                                .update()
                        == 1)
                .toList();
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(
                new TownId(row.getLong("town_id")),
                row.getLong("id"),
                row.getLong("actor_id"),
                URI.create(row.getString("address")),
                row.getString("body").getBytes(StandardCharsets.UTF_8),
                row.getInt("attempts"),
                Millis.toInstant(row.getLong("written_at")),
                row.getInt("owed") == 1);
    }

    /** Where something waits to be taken, with their ports. */
    List<String> hosts(TownId town) {
        return jdbc.sql("SELECT DISTINCT host FROM fediverse_letter WHERE town_id = :town")
                .param("town", town.value())
                .query(String.class)
                .list();
    }

    /** What waits for one host, due or not. */
    List<Letter> waiting(TownId town, String host) {
        return jdbc.sql("SELECT * FROM fediverse_letter WHERE town_id = :town AND host = :host ORDER BY id")
                .param("town", town.value())
                .param("host", host)
                .query(Letters::letter)
                .list();
    }

    void putOff(Letter letter, Instant until) {
        jdbc.sql("UPDATE fediverse_letter SET due_at = :until WHERE town_id = :town AND id = :id")
                .param("until", Millis.of(until))
                .param("town", letter.town().value())
                .param("id", letter.id())
                .update();
    }

    void remove(Letter letter) {
        jdbc.sql("DELETE FROM fediverse_letter WHERE town_id = :town AND id = :id")
                .param("town", letter.town().value())
                .param("id", letter.id())
                .update();
    }
}
