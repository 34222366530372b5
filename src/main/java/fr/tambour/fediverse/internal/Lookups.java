package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Addresses whose accounts are still to be found out. All in the caller's transaction. */
@Repository
class Lookups {

    private final JdbcClient jdbc;

    Lookups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param attempts how often it was asked */
    record Lookup(TownId town, String address, int attempts) {}

    void add(TownId town, String address, Instant now) {
        jdbc.sql("""
                        INSERT INTO fediverse_lookup (town_id, address, attempts, due_at) VALUES (:town, :address, 0, :now)
                        ON CONFLICT (town_id, address) DO UPDATE SET attempts = 0, due_at = excluded.due_at
                        """)
                .param("town", town.value())
                .param("address", address)
                .param("now", Millis.of(now))
                .update();
    }

    void remove(TownId town, String address) {
        jdbc.sql("DELETE FROM fediverse_lookup WHERE town_id = :town AND address = :address")
                .param("town", town.value())
                .param("address", address)
                .update();
    }

    boolean isDue(Instant now) {
        return jdbc.sql("SELECT 1 FROM fediverse_lookup WHERE due_at <= :now LIMIT 1")
                .param("now", Millis.of(now))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Those that are due, which nobody else takes for a while. */
    List<Lookup> take(Instant now, Duration lease, int limit) {
        List<Lookup> due = jdbc.sql("""
                        SELECT town_id, address, attempts FROM fediverse_lookup WHERE due_at <= :now
                        ORDER BY due_at, town_id, address LIMIT :limit
                        """)
                .param("now", Millis.of(now))
                .param("limit", limit)
                .query((row, n) -> new Lookup(
                        new TownId(row.getLong("town_id")), row.getString("address"), row.getInt("attempts") + 1))
                .list();
        return due.stream()
                .filter(lookup -> jdbc.sql("""
                                        UPDATE fediverse_lookup SET attempts = :attempts, due_at = :until
                                        WHERE town_id = :town AND address = :address AND due_at <= :now
                                        """)
                                .param("attempts", lookup.attempts())
                                .param("until", Millis.of(now.plus(lease)))
                                .param("town", lookup.town().value())
                                .param("address", lookup.address())
                                .param("now", Millis.of(now))
                                .update()
                        == 1)
                .toList();
    }

    void putOff(Lookup lookup, Instant until) {
        jdbc.sql("UPDATE fediverse_lookup SET due_at = :until WHERE town_id = :town AND address = :address")
                .param("until", Millis.of(until))
                .param("town", lookup.town().value())
                .param("address", lookup.address())
                .update();
    }
}
