package fr.tambour.fediverse.internal;

import fr.tambour.conversation.ServerName;
import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.text.Clean;
import fr.tambour.town.TownId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who waits to follow. Of one account so many wait, and so many of them of one server: strangers make accounts as they like. */
@Repository
class Askings {

    static final int MOST = 2_000;
    static final int MOST_OF_ONE_HOST = 100;

    private static final int NAME_LENGTH = 100;
    private static final String ROW =
            "SELECT id, actor_id, remote, follow, inbox, shared, host, handle, displayed, page, asked_at FROM fediverse_asking";

    private final JdbcClient jdbc;
    private final Ids ids;

    Askings(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * Whoever waits already goes on waiting, and is answered about what they asked by last. In the caller's transaction.
     *
     * @return false where so many wait already
     */
    boolean add(Actor asked, RemoteActor who, URI follow, Instant now) {
        return again(asked, who, follow) || write(asked, who, follow, now);
    }

    private boolean again(Actor asked, RemoteActor who, URI follow) {
        return jdbc.sql("""
                        UPDATE fediverse_asking SET follow = :follow, inbox = :inbox, shared = :shared
                        WHERE town_id = :town AND actor_id = :actor AND remote = :remote
                        """)
                        .param("follow", follow.toString())
                        .param("inbox", who.inbox().toString())
                        .param("shared", who.sharedInbox().toString())
                        .param("town", asked.town().value())
                        .param("actor", asked.id())
                        .param("remote", who.uri().toString())
                        .update()
                > 0;
    }

    /** Where whoever waits is told what becomes of it. In the caller's transaction. */
    void readsAt(TownId town, RemoteActor who) {
        jdbc.sql(
                        "UPDATE fediverse_asking SET inbox = :inbox, shared = :shared WHERE town_id = :town AND remote = :remote")
                .param("inbox", who.inbox().toString())
                .param("shared", who.sharedInbox().toString())
                .param("town", town.value())
                .param("remote", who.uri().toString())
                .update();
    }

    private boolean write(Actor asked, RemoteActor who, URI follow, Instant now) {
        String displayed = who.displayed().substring(0, Math.min(who.displayed().length(), NAME_LENGTH));
        return jdbc.sql("""
                        INSERT INTO fediverse_asking (town_id, id, actor_id, remote, follow, inbox, shared, host, handle,
                          displayed, page, asked_at)
                        SELECT :town, :id, :actor, :remote, :follow, :inbox, :shared, :host, :handle, :displayed, :page, :now
                        WHERE (SELECT count(*) FROM fediverse_asking WHERE town_id = :town AND actor_id = :actor) < :most
                          AND (SELECT count(*) FROM fediverse_asking
                            WHERE town_id = :town AND actor_id = :actor AND host = :host) < :mostOfHost
                        ON CONFLICT (town_id, actor_id, remote) DO NOTHING
                        """)
                        .param("town", asked.town().value())
                        .param("id", ids.next())
                        .param("actor", asked.id())
                        .param("remote", who.uri().toString())
                        .param("follow", follow.toString())
                        .param("inbox", who.inbox().toString())
                        .param("shared", who.sharedInbox().toString())
                        .param("host", ServerName.of(who.uri().getRawAuthority()))
                        .param("handle", who.handle())
                        .param("displayed", Clean.line(displayed, NAME_LENGTH))
                        .param("page", who.page().toString())
                        .param("now", Millis.of(now))
                        .param("most", MOST)
                        .param("mostOfHost", MOST_OF_ONE_HOST)
                        .update()
                == 1;
    }

    /** Whether they wait for any of the town's accounts. */
    boolean waits(TownId town, URI who) {
        return jdbc.sql("SELECT 1 FROM fediverse_asking WHERE town_id = :town AND remote = :remote LIMIT 1")
                .param("town", town.value())
                .param("remote", who.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Who has waited the longest first. */
    List<Asking> oldest(TownId town, int limit) {
        return jdbc.sql(ROW + " WHERE town_id = :town ORDER BY asked_at, id LIMIT :limit")
                .param("town", town.value())
                .param("limit", limit)
                .query((row, n) -> asking(row))
                .list();
    }

    int count(TownId town) {
        return jdbc.sql("SELECT count(*) FROM fediverse_asking WHERE town_id = :town")
                .param("town", town.value())
                .query(Integer.class)
                .single();
    }

    /** In the caller's transaction: they wait no more, and nobody else finds them waiting. */
    Optional<Asking> take(TownId town, long id) {
        Optional<Asking> asking = jdbc.sql(ROW + " WHERE town_id = :town AND id = :id")
                .param("town", town.value())
                .param("id", id)
                .query((row, n) -> asking(row))
                .optional();
        return asking.filter(found -> jdbc.sql("DELETE FROM fediverse_asking WHERE town_id = :town AND id = :id")
                        .param("town", town.value())
                        .param("id", id)
                        .update()
                == 1);
    }

    /** Somebody who waits for an account that lets in whoever asks. */
    record Let(TownId town, long id) {}

    List<Let> let(int limit) {
        return jdbc.sql("""
                        SELECT asking.town_id, asking.id FROM fediverse_asking AS asking
                        JOIN fediverse_actor AS actor ON actor.town_id = asking.town_id AND actor.id = asking.actor_id
                        WHERE actor.approves_since IS NULL AND actor.off_at IS NULL AND actor.closed_at IS NULL
                        ORDER BY asking.asked_at, asking.id LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, n) -> new Let(new TownId(row.getLong("town_id")), row.getLong("id")))
                .list();
    }

    /** They take it back. In the caller's transaction, as are those that follow. */
    void remove(Actor asked, URI who) {
        jdbc.sql("DELETE FROM fediverse_asking WHERE town_id = :town AND actor_id = :actor AND remote = :remote")
                .param("town", asked.town().value())
                .param("actor", asked.id())
                .param("remote", who.toString())
                .update();
    }

    /** They take back what they asked by this activity. */
    void removeAsked(TownId town, URI who, URI follow) {
        jdbc.sql("DELETE FROM fediverse_asking WHERE town_id = :town AND remote = :remote AND follow = :follow")
                .param("town", town.value())
                .param("remote", who.toString())
                .param("follow", follow.toString())
                .update();
    }

    void removeEverywhere(TownId town, URI who) {
        jdbc.sql("DELETE FROM fediverse_asking WHERE town_id = :town AND remote = :remote")
                .param("town", town.value())
                .param("remote", who.toString())
                .update();
    }

    /** Nobody waits for this account any more: it is no more. */
    void removeAll(Actor asked) {
        jdbc.sql("DELETE FROM fediverse_asking WHERE town_id = :town AND actor_id = :actor")
                .param("town", asked.town().value())
                .param("actor", asked.id())
                .update();
    }

    private static Asking asking(ResultSet row) throws SQLException {
        return new Asking(
                row.getLong("id"),
                row.getLong("actor_id"),
                URI.create(row.getString("remote")),
                URI.create(row.getString("follow")),
                URI.create(row.getString("inbox")),
                URI.create(row.getString("shared")),
                row.getString("host"),
                row.getString("handle"),
                row.getString("displayed"),
                URI.create(row.getString("page")),
                Millis.toInstant(row.getLong("asked_at")));
    }
}
