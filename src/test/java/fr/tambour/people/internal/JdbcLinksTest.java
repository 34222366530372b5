package fr.tambour.people.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.people.PersonId;
import fr.tambour.people.Role;
import fr.tambour.people.internal.Links.Link;
import fr.tambour.people.internal.Links.Purpose;
import fr.tambour.testing.Engine;
import fr.tambour.testing.OnBothEngines;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnBothEngines
class JdbcLinksTest {

    private static final Instant MADE = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant OVER = MADE.plus(Duration.ofDays(7));

    private static final TownId TOWN = new TownId(1);
    private static final TownId ANOTHER = new TownId(2);

    private final Links links;

    JdbcLinksTest(Engine engine) {
        links = engine.make(JdbcLinks.class);
        for (TownId town : List.of(TOWN, ANOTHER)) {
            engine.writing()
                    .executeWithoutResult(status -> engine.jdbc()
                            .sql("""
                            INSERT INTO town (id, slug, type, code, name, origin, profile, demonstration, counter, version,
                              created_at, changed_at)
                            VALUES (:id, :slug, 'COMMUNE', '91692', 'Clairval', '{}', '{}', 0, 0, 0, 0, 0)
                            ON CONFLICT DO NOTHING""")
                            .param("id", town.value())
                            .param("slug", "clairval-" + town)
                            .update());
        }
    }

    private Link made(long id) {
        Link link = new Link(
                TOWN, id, Purpose.JOIN, id + "@clairval.fr", Set.of(Role.AUTHOR), null, PersonId.SYSTEM, MADE, OVER);
        links.add(link, "mac " + id);
        return link;
    }

    @Test
    void ofSeveralWhoUseALinkAtOnceOneWins() throws Exception {
        Link link = made(1);
        Callable<Boolean> use = () -> links.end(TOWN, link.id(), MADE.plusSeconds(1));
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries =
                    together.invokeAll(Stream.generate(() -> use).limit(8).toList());
            int won = 0;
            for (Future<Boolean> one : tries) {
                won += one.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(links.end(TOWN, link.id(), MADE.plusSeconds(2))).isFalse();
        assertThat(links.find(TOWN, "mac 1", MADE.plusSeconds(2))).isEmpty();
    }

    @Test
    void aLinkIsUsedInItsTimeInItsTownAlone() {
        Link link = made(2);
        assertThat(links.end(ANOTHER, link.id(), MADE)).isFalse();
        assertThat(links.end(TOWN, link.id(), OVER)).isFalse();
        assertThat(links.find(ANOTHER, "mac 2", MADE)).isEmpty();
        assertThat(links.find(TOWN, "mac 2", OVER.minusMillis(1))).contains(link);
        assertThat(links.find(TOWN, "mac 2", OVER)).isEmpty();
        assertThat(links.end(TOWN, link.id(), OVER.minusMillis(1))).isTrue();
    }
}
