package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience.Dropped;
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

    static class InParis implements TownClocks, TownLists {
        @Override
        public ZoneId zone(TownId town) {
            return ZoneId.of("Europe/Paris");
        }

        @Override
        public Dropped dropped(TownId town) {
            return Dropped.NOTHING;
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
                LeftToTell.class,
                Errands.class,
                FannedOutChannels.class,
                DispatchStep.class,
                Bell.class,
                InParis.class,
                Feed.class,
                Website.class);
    }

    @BeforeEach
    void aTownOfItsOwn() {
        engine.insertTown(town.value(), "clairval-" + town.value());
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
        engine.insertNotice(town.value(), id.value(), "NEWS");
        return id;
    }

    @Override
    public void taken(Step step) {
        engine.writing().executeWithoutResult(status -> subject.step().taken(step));
    }
}
