package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.OpenDispatch;
import fr.tambour.dispatch.internal.engine.Ref;
import fr.tambour.dispatch.internal.engine.SimBooks;
import fr.tambour.dispatch.internal.engine.SimTowns;
import fr.tambour.dispatch.internal.engine.Slice;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Millis;
import fr.tambour.testing.Engine;
import fr.tambour.town.TownId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The books of one simulated run in a database that others have been in before, with towns of its own. */
final class DatabaseBooks implements SimBooks {

    private final Engine engine;
    private final JdbcBooks books;
    private final JdbcDispatches dispatches;
    private final SimTowns people;
    private final long firstTown;
    private final Set<Long> towns = new HashSet<>();
    private final Map<Ref, Integer> audiences = new HashMap<>();
    private final Set<Long> notices = new HashSet<>();

    DatabaseBooks(Engine engine, JdbcBooks books, JdbcDispatches dispatches, SimTowns people, long firstTown) {
        this.engine = engine;
        this.books = books;
        this.dispatches = dispatches;
        this.people = people;
        this.firstTown = firstTown;
    }

    @Override
    public <T> T write(Function<Ledger, T> work) {
        return books.write(work);
    }

    @Override
    public void open(OpenDispatch dispatch, int audience) {
        long town = dispatch.ref().town();
        audiences.put(dispatch.ref(), audience);
        engine.writing().executeWithoutResult(status -> {
            if (towns.add(town)) {
                engine.insertTown(town, "clairval-" + town);
            }
            if (notices.add(dispatch.notice())) {
                engine.insertNotice(town, dispatch.notice(), "NEWS");
            }
            engine.jdbc()
                    .sql("""
                            INSERT INTO dispatch (town_id, id, notice_id, revision, channel, purpose, state, emergency, exercise, kind,
                              themes, districts, hours, upper_bound, frontier, held, opened_at, not_before, until_at, settled_at)
                            VALUES (:town, :id, :notice, 1, :channel, :purpose, 'OPEN', :emergency, :exercise, 'NEWS', :audience, '', :hours,
                              :upper, 0, 0, :opened, :notBefore, :until, NULL)
                            """)
                    .param("town", town)
                    .param("id", dispatch.ref().dispatch())
                    .param("notice", dispatch.notice())
                    .param("purpose", ScenariosTest.purpose(audience).name())
                    .param("channel", dispatch.channel())
                    .param("emergency", dispatch.emergency() ? 1 : 0)
                    .param("exercise", dispatch.exercise() ? 1 : 0)
                    .param("audience", Integer.toString(audience))
                    .param("hours", audience == SimTowns.NOBODY ? "REACHED" : "ANY")
                    .param("upper", dispatch.upper())
                    .param("opened", Millis.of(dispatch.openedAt()))
                    .param("notBefore", Millis.of(dispatch.notBefore()))
                    .param("until", Millis.ofNullable(dispatch.until()))
                    .update();
        });
    }

    @Override
    public void stop(long town, long notice) {
        engine.writing().executeWithoutResult(status -> dispatches.stop(new TownId(town), new NoticeId(notice)));
    }

    @Override
    public void hold(long town, long notice, boolean held) {
        update(
                "UPDATE dispatch SET held = " + (held ? 1 : 0) + " WHERE town_id = :town AND notice_id = :notice",
                town,
                notice);
    }

    private void update(String sql, long town, long notice) {
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql(sql)
                        .param("town", town)
                        .param("notice", notice)
                        .update());
    }

    @Override
    public Collection<OpenDispatch> all() {
        return engine.jdbc()
                .sql("""
                        SELECT town_id, id, notice_id, channel, emergency, exercise, state, upper_bound, frontier, opened_at, not_before, until_at,
                          held, settled_at FROM dispatch WHERE town_id >= :first AND town_id < :first + 3 ORDER BY id
                        """)
                .param("first", firstTown)
                .query(this::dispatch)
                .list();
    }

    private OpenDispatch dispatch(ResultSet row, int number) throws SQLException {
        return new OpenDispatch(
                new Ref(row.getLong("town_id"), row.getLong("id")),
                row.getLong("notice_id"),
                row.getString("channel"),
                row.getInt("emergency") == 1,
                row.getInt("exercise") == 1,
                State.valueOf(row.getString("state")),
                row.getLong("upper_bound"),
                row.getLong("frontier"),
                Millis.toInstant(row.getLong("opened_at")),
                Millis.toInstant(row.getLong("not_before")),
                Millis.toInstantOrNull(row.getObject("until_at")),
                row.getInt("held") == 1,
                Millis.toInstantOrNull(row.getObject("settled_at")));
    }

    @Override
    public Collection<Slice> allSlices(Ref ref) {
        return SliceRows.all(engine.jdbc(), ref);
    }

    @Override
    public SimTowns towns() {
        return people;
    }

    @Override
    public int audience(Ref ref) {
        return audiences.getOrDefault(ref, SimTowns.EVERYBODY);
    }
}
