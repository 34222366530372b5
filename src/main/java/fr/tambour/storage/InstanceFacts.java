package fr.tambour.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Facts about this installation, kept with the data: few, short, by name. They belong to the transaction of the caller,
 * like any other row.
 */
@Component
public class InstanceFacts {

    private static final String PAUSED = "dispatch.paused.";
    private static final String RESTORED = "instance.restored";

    private final JdbcClient jdbc;

    public InstanceFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<String> get(String name) {
        return jdbc.sql("SELECT value FROM instance WHERE name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    /** @throws NumberFormatException if what is kept by this name is no time */
    public Optional<Instant> getTime(String name) {
        return get(name).map(Long::parseLong).map(Millis::toInstant);
    }

    public void put(String name, String value) {
        jdbc.sql("INSERT INTO instance (name, value) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .params(name, value)
                .update();
    }

    public void putTime(String name, Instant value) {
        put(name, Long.toString(Millis.of(value)));
    }

    public void remove(String name) {
        jdbc.sql("DELETE FROM instance WHERE name = ?").param(name).update();
    }

    /**
     * Pauses sending and timed publishing of a town: nothing of it goes out by itself from then on. What a person does at
     * the desk goes out as ever, and what ends, ends.
     */
    public void pause(long townId, Instant since) {
        putTime(PAUSED + townId, since);
    }

    public void resume(long townId) {
        remove(PAUSED + townId);
    }

    /** All that is here was brought back from a backup at that moment: what came after it was made is forgotten. */
    public void restored(Instant at) {
        putTime(RESTORED, at);
    }

    /** When that was last, if it ever was. */
    public Optional<Instant> restoredAt() {
        return getTime(RESTORED);
    }

    /** Since when a town's sending and timed publishing are paused, if they are. */
    public Optional<Instant> pausedSince(long townId) {
        return getTime(PAUSED + townId);
    }

    /** The towns whose sending and timed publishing are paused, and since when. */
    public SortedMap<Long, Instant> paused() {
        SortedMap<Long, Instant> paused = new TreeMap<>();
        jdbc.sql("SELECT name, value FROM instance WHERE name LIKE ?")
                .param(PAUSED + "%")
                .query((row, n) -> paused.put(
                        Long.valueOf(row.getString("name").substring(PAUSED.length())),
                        Millis.toInstant(Long.parseLong(row.getString("value")))))
                .list();
        return paused;
    }
}
