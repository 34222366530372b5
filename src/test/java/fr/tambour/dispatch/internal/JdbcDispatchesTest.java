package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Dispatches;
import fr.tambour.dispatch.ShownChannel;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.NoticeStep.Step;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;

@OnBothEngines
class JdbcDispatchesTest implements DispatchesContract {

    private static final AtomicLong IDS = new AtomicLong(1);

    private final Engine engine;
    private final Subject subject;
    private final TownId town = new TownId(IDS.incrementAndGet());

    record Subject(Dispatches dispatches, NoticeStep step) {}

    static class InParis implements TownClocks {
        @Override
        public ZoneId zone(TownId town) {
            return ZoneId.of("Europe/Paris");
        }
    }

    static class Feed implements ShownChannel {
        @Override
        public String name() {
            return "feed";
        }
    }

    static class Website implements ShownChannel {
        @Override
        public String name() {
            return "website";
        }
    }

    JdbcDispatchesTest(Engine engine) {
        this.engine = engine;
        this.subject = engine.make(
                Subject.class,
                JdbcDispatches.class,
                DispatchStep.class,
                Bell.class,
                InParis.class,
                Feed.class,
                Website.class);
    }

    @BeforeEach
    void aTownOfItsOwn() {
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("""
                                INSERT INTO town (id, slug, type, code, name, origin, profile, demonstration, counter, version,
                                  created_at, changed_at)
                                VALUES (:town, :slug, 'COMMUNE', '91999', 'Clairval', '{}', '{}', 0, 0, 0, 0, 0)
                                """)
                        .param("town", town.value())
                        .param("slug", "clairval-" + town.value())
                        .update());
    }

    @Override
    public Dispatches dispatches() {
        return subject.dispatches();
    }

    @Override
    public TownId town() {
        return town;
    }

    @Override
    public NoticeId aNotice() {
        NoticeId id = new NoticeId(IDS.incrementAndGet());
        engine.writing()
                .executeWithoutResult(status -> engine.jdbc()
                        .sql("""
                                INSERT INTO notice (town_id, id, kind, draft_state, public_state, latest_revision, slug, title,
                                  folded, internal_note, created_at, created_by, touched_at, touched_by, severity, sequence)
                                VALUES (:town, :id, 'NEWS', 'NONE', 'PUBLISHED', 1, '', '', '', '', 0, 0, 0, 0, 0, 0)
                                """)
                        .param("town", town.value())
                        .param("id", id.value())
                        .update());
        return id;
    }

    @Override
    public void taken(Step step) {
        engine.writing().executeWithoutResult(status -> subject.step().taken(step));
    }
}
