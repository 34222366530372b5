package fr.tambour.people;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole application with two towns. */
record TwoTowns(Dialect dialect, TambourServer server, Town clairval, Town vaubrun) implements AutoCloseable {

    /** One engine after the other; JUnit closes each when its tests are done. */
    static Stream<TwoTowns> onBothEngines() {
        return Stream.of(Dialect.values()).map(TwoTowns::on);
    }

    static TwoTowns on(Dialect dialect) {
        TambourServer server = TambourServer.start(dialect);
        return new TwoTowns(
                dialect,
                server,
                add(server, "Clairval", "clairval.example"),
                add(server, "Vaubrun", "vaubrun.example"));
    }

    static Town add(TambourServer server, String name, String host) {
        return Objects.requireNonNull(server.bean(TransactionTemplate.class)
                .execute(status ->
                        server.bean(Towns.class).add(TestTowns.CLAIRVAL, TestTowns.profile(name, host), false)));
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return dialect.name();
    }
}
