package fr.tambour.phone.internal;

import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

@OnBothEngines
class JdbcPhonesTest implements PhonesContract {

    private static final AtomicLong IDS = new AtomicLong(1);

    private final Engine engine;
    private final Phones phones;
    private final TownId town = new TownId(IDS.incrementAndGet());

    JdbcPhonesTest(Engine engine) {
        this.engine = engine;
        this.phones = engine.make(JdbcPhones.class);
    }

    @BeforeEach
    void aTownOfItsOwn() {
        engine.insertTown(town.value(), "clairval-" + town.value());
    }

    @Override
    public Phones phones() {
        return phones;
    }

    @Override
    public TownId town() {
        return town;
    }

    @Override
    public <T> T written(Supplier<T> change) {
        return Objects.requireNonNull(engine.writing().execute(status -> change.get()));
    }
}
