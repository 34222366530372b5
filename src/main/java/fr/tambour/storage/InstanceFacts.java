package fr.tambour.storage;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Facts about this installation, kept with the data: few, short, by name. They belong to the transaction of the caller,
 * like any other row.
 */
@Component
public class InstanceFacts {

    /**
     * When sending and timed publishing were paused by a restore, in milliseconds. While it is there, nothing goes out
     * by itself; what a person does at the desk goes out as ever.
     */
    public static final String PAUSED = "dispatch.paused";

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

    /** Since when sending and timed publishing are paused, if they are. */
    public Optional<Instant> pausedSince() {
        return getTime(PAUSED);
    }
}
