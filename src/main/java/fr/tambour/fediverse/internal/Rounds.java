package fr.tambour.fediverse.internal;

import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one account tells all who follow it, and is no notice: a row and a cursor, however many they are. Whoever could not be
 * told gets a letter. Of one subject only the oldest is carried: nobody hears of its end before its beginning.
 */
@Repository
class Rounds {

    private static final long NO_TOWN = -1;
    private static final Duration OLDEST = Duration.ofDays(7);
    private static final Set<String> TAKES_BACK = Set.of("Undo", "Delete", "Remove");

    private final JdbcClient jdbc;
    private final Letters letters;
    private final Ids ids;

    Rounds(JdbcClient jdbc, Letters letters, Ids ids) {
        this.jdbc = jdbc;
        this.letters = letters;
        this.ids = ids;
    }

    /**
     * One that nobody else carries for a while.
     *
     * @param signedWith a key that its account has no more, but that those who are told know; null: with what it has
     */
    record Taken(
            TownId town,
            long id,
            long from,
            String subject,
            byte[] body,
            long doneTo,
            long upTo,
            Instant writtenAt,
            Actors.@Nullable OldKey signedWith) {

        /** As a letter is after a while: after a standstill nobody is told what is news no more. What takes back is told whenever. */
        boolean isTooOld(Instant now) {
            String type = StrangeJson.read(body)
                    .map(activity -> StrangeJson.text(activity, "type"))
                    .orElse("");
            return now.isAfter(writtenAt.plus(OLDEST)) && !TAKES_BACK.contains(type);
        }
    }

    /** The same, once it is known whose it is. */
    record Round(long id, Actor from, String subject, byte[] body) {}

    /** @param host with its port where it has one */
    record Stop(long key, URI address, String host) {}

    /** In the caller's transaction, with which it may leave; what was told of its subject before ends. */
    void add(Actor from, String subject, ObjectNode activity, Instant now) {
        add(from, subject, activity, null, now);
    }

    /** @param old what it is signed with, if that is not what the account signs with now; what is left of it in letters is not */
    void add(Actor from, String subject, ObjectNode activity, Actors.@Nullable OldKey old, Instant now) {
        end(from.town(), subject);
        jdbc.sql("""
                        INSERT INTO fediverse_round
                          (town_id, id, actor_id, subject, body, key_name, private_key, done_to, up_to, written_at, due_at)
                        SELECT :town, :id, :actor, :subject, :body, :keyName, :privateKey, 0, COALESCE(MAX(inbox_id), 0), :now, :now
                        FROM fediverse_following WHERE town_id = :town AND actor_id = :actor
                        """)
                .param("town", from.town().value())
                .param("id", ids.next())
                .param("actor", from.id())
                .param("subject", subject)
                .param("body", activity.toString())
                .param("keyName", old == null ? null : old.name(), Types.VARCHAR)
                .param("privateKey", old == null ? null : old.wrapped(), Types.VARCHAR)
                .param("now", Millis.of(now))
                .update();
    }

    /** Whoever was told nothing about it yet hears no more of it; what is left of it does not leave. In the caller's transaction. */
    private void end(TownId town, String subject) {
        letters.drop(town, subject);
        // Not at once, if it is just being carried: what follows it waits for that.
        jdbc.sql("UPDATE fediverse_round SET up_to = done_to WHERE town_id = :town AND subject = :subject")
                .param("town", town.value())
                .param("subject", subject)
                .update();
    }

    /** One that is due, and before which there is none of its subject; but for those of these towns. */
    Optional<Taken> take(Instant now, Duration lease, Collection<Long> paused) {
        Optional<Taken> due = due(now, paused);
        return due.filter(round -> jdbc.sql("""
                                UPDATE fediverse_round SET due_at = :until
                                WHERE town_id = :town AND id = :id AND due_at <= :now
                                """)
                        .param("until", Millis.of(now.plus(lease)))
                        .param("now", Millis.of(now))
                        .param("town", round.town().value())
                        .param("id", round.id())
                        .update()
                == 1);
    }

    Optional<Taken> due(Instant now, Collection<Long> paused) {
        return jdbc.sql("""
                        SELECT town_id, id, actor_id, subject, body, done_to, up_to, written_at, key_name, private_key
                        FROM fediverse_round AS round
                        WHERE due_at <= :now AND town_id NOT IN (:paused)
                          AND NOT EXISTS (SELECT 1 FROM fediverse_round AS earlier WHERE earlier.town_id = round.town_id
                            AND earlier.subject = round.subject AND earlier.id < round.id)
                        ORDER BY due_at, id LIMIT 1
                        """)
                .param("now", Millis.of(now))
                .param("paused", paused.isEmpty() ? List.of(NO_TOWN) : paused)
                .query((row, n) -> new Taken(
                        new TownId(row.getLong("town_id")),
                        row.getLong("id"),
                        row.getLong("actor_id"),
                        row.getString("subject"),
                        row.getString("body").getBytes(StandardCharsets.UTF_8),
                        row.getLong("done_to"),
                        row.getLong("up_to"),
                        Millis.toInstant(row.getLong("written_at")),
                        row.getString("key_name") == null
                                ? null
                                : new Actors.OldKey(row.getString("key_name"), row.getString("private_key"))))
                .optional();
    }

    /** The next from which its account is followed, or was when it was written; those that are set aside are passed over. */
    List<Stop> next(Taken round, int limit) {
        return jdbc.sql("""
                        SELECT inbox.id, inbox.address, inbox.host FROM fediverse_following AS following
                        JOIN fediverse_inbox AS inbox ON inbox.town_id = following.town_id AND inbox.id = following.inbox_id
                        WHERE following.town_id = :town AND following.actor_id = :actor
                          AND following.inbox_id > :after AND following.inbox_id <= :to
                          AND (following.left_at IS NULL OR following.left_at >= :written) AND inbox.aside_at IS NULL
                        ORDER BY following.inbox_id LIMIT :limit
                        """)
                .param("town", round.town().value())
                .param("actor", round.from())
                .param("after", round.doneTo())
                .param("to", round.upTo())
                .param("written", Millis.of(round.writtenAt()))
                .param("limit", limit)
                .query((row, n) ->
                        new Stop(row.getLong("id"), URI.create(row.getString("address")), row.getString("host")))
                .list();
    }

    /**
     * These were told, and who was not gets a letter, unless it was ended meanwhile. In the caller's transaction.
     *
     * @param last the key of the last of them
     */
    void told(Round round, Taken taken, List<Stop> untold, long last, Instant now, Instant later) {
        int goesOn = jdbc.sql("""
                        UPDATE fediverse_round SET done_to = :last, due_at = :now
                        WHERE town_id = :town AND id = :id AND up_to = :to
                        """)
                .param("last", last)
                .param("now", Millis.of(now))
                .param("town", taken.town().value())
                .param("id", taken.id())
                .param("to", taken.upTo())
                .update();
        if (goesOn == 1) {
            untold.forEach(stop -> letters.add(round, stop.address(), now, later));
        } else {
            remove(taken);
        }
    }

    void remove(Taken round) {
        jdbc.sql("DELETE FROM fediverse_round WHERE town_id = :town AND id = :id")
                .param("town", round.town().value())
                .param("id", round.id())
                .update();
    }
}
