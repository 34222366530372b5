package fr.tambour.live.internal;

import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The last events of each town, in the table `live_event`. An event is written in the transaction that it tells of, with the
 * counter taken under the town's row lock: whoever reads "everything after 41" misses nothing that commits later.
 */
@Repository
class EventLog {

    /** Of one town; beyond it the oldest go. */
    static final int KEPT = 1_000;

    /** A page that was away for longer shows itself anew. */
    static final Duration KEPT_FOR = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Towns towns;

    EventLog(JdbcClient jdbc, Towns towns) {
        this.jdbc = jdbc;
        this.towns = towns;
    }

    /**
     * What came after one event.
     *
     * @param floor from where on it is whole: after this counter nothing is missing
     * @param position up to where that is: the town's counter, at least that of the last event
     */
    record Stretch(long floor, long position, List<LiveEvent> events) {

        /** Whether whoever knows all up to {@code counter} knows all with this; else what lay between is gone from the log. */
        boolean follows(long counter) {
            return floor <= counter;
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void add(TownId town, LiveEvent event) {
        jdbc.sql("""
                        INSERT INTO live_event (town_id, counter, previous, step, emergency, notice_id, at)
                        VALUES (:town, :counter,
                          COALESCE((SELECT MAX(past.counter) FROM live_event past WHERE past.town_id = :town), :unknown),
                          :step, :emergency, :notice, :at)
                        """)
                .param("town", town.value())
                .param("counter", event.counter())
                .param("unknown", event.counter() - 1)
                .param("step", event.step().name())
                .param("emergency", event.emergency() ? 1 : 0)
                .param("notice", event.notice().value())
                .param("at", Millis.of(event.at()))
                .update();
        // By the counter alone: clocks of several nodes differ, and what is left must have no hole.
        jdbc.sql("""
                        DELETE FROM live_event WHERE town_id = :town AND (counter <= :oldest OR counter <=
                          (SELECT MAX(past.counter) FROM live_event past WHERE past.town_id = :town AND past.at < :since))
                        """)
                .param("town", town.value())
                .param("oldest", event.counter() - KEPT)
                .param("since", Millis.of(event.at().minus(KEPT_FOR)))
                .update();
    }

    /** All that is known of a town. */
    @Transactional(readOnly = true)
    public Stretch all(TownId town) {
        return after(town, -1);
    }

    /** In the order of the counter. */
    @Transactional(readOnly = true)
    public Stretch after(TownId town, long counter) {
        // The counter first: what commits between the two statements is then among the events, and never passed over.
        long position = towns.counter(town);
        List<Entry> entries = jdbc.sql("""
                        SELECT counter, COALESCE(previous, counter - 1) AS previous, step, emergency, notice_id, at FROM live_event
                         WHERE town_id = :town AND counter > :counter ORDER BY counter
                        """)
                .param("town", town.value())
                .param("counter", counter)
                .query((row, number) -> new Entry(
                        row.getLong("previous"),
                        new LiveEvent(
                                row.getLong("counter"),
                                LiveEvent.Step.valueOf(row.getString("step")),
                                row.getInt("emergency") == 1,
                                new NoticeId(row.getLong("notice_id")),
                                Millis.toInstant(row.getLong("at")))))
                .list();
        List<LiveEvent> events = entries.stream().map(Entry::event).toList();
        // The latest event always stays: where there is none, there was none, or nobody knows.
        return entries.isEmpty()
                ? new Stretch(counter < 0 ? position : counter, position, events)
                : new Stretch(
                        entries.getFirst().previous(),
                        Math.max(position, events.getLast().counter()),
                        events);
    }

    /** @param previous the counter of the event before */
    private record Entry(long previous, LiveEvent event) {}
}
