package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.notice.NoticeTown;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.internal.HeardNodes;
import fr.tambour.testing.Await;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Two nodes on one PostgreSQL: whichever publishes, the pages of both hear it. */
@Timeout(300)
class NodesTest {

    private static final String NEVER_LOOKS = "--tambour.database.look=1h";
    private static final String DOES_NOT_LISTEN = "--tambour.database.notifications=false";

    /** As docs/reference/live.md promises. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger storage = (Logger) LoggerFactory.getLogger("fr.tambour.storage");
    private NoticeTown town;

    /** Once the applications have started, which begin the log anew. */
    private void listenToTheLog() {
        said.start();
        storage.setLevel(Level.INFO);
        storage.addAppender(said);
    }

    @AfterEach
    void stop() {
        storage.detachAppender(said);
        storage.setLevel(null);
        town.close();
    }

    private OpenPage open(TambourServer node) {
        return OpenPage.at(node.url("/direct"), null);
    }

    private void publish(String title) {
        town.publish(town.news(title, "Un résumé.", "Un texte."));
    }

    @Test
    void whatOneNodePublishesReachesThePagesOfTheOtherWithoutALook() throws IOException {
        town = NoticeTown.on(Dialect.POSTGRESQL, NEVER_LOOKS);
        try (TambourServer other = secondNode(NEVER_LOOKS)) {
            awaitHearing(other);
            try (OpenPage here = open(town.server());
                    OpenPage there = open(other)) {
                for (int i = 0; i < 3; i++) {
                    publish("Ici");
                    assertThat(there.nextNews().counter())
                            .isEqualTo(here.nextNews().counter());
                }
            }
        }
    }

    @Test
    void aTownThatChangesIsChangedOnTheOtherNodeWithoutALook() throws IOException {
        town = NoticeTown.on(Dialect.POSTGRESQL, NEVER_LOOKS);
        try (TambourServer other = secondNode(NEVER_LOOKS)) {
            awaitHearing(other);
            Towns towns = town.server().bean(Towns.class);
            Town now = towns.get(town.town().id());
            town.server()
                    .bean(TransactionTemplate.class)
                    .executeWithoutResult(status -> towns.change(
                            now.id(), now.version(), TestTowns.profile("Clairval-Neuve", "clairval.example")));
            Towns known = other.bean(Towns.class);
            Await.until(() -> known.get(now.id()).profile().name().equals("Clairval-Neuve"));
        }
    }

    @Test
    void whereNotificationsAreOffItReachesThemAtTheNextLook() throws IOException {
        town = NoticeTown.on(Dialect.POSTGRESQL, DOES_NOT_LISTEN);
        try (TambourServer other = secondNode(DOES_NOT_LISTEN);
                OpenPage here = open(town.server());
                OpenPage there = open(other)) {
            publish("D’abord");
            assertThat(there.nextNews().counter()).isEqualTo(here.nextNews().counter());
            // On a machine that has too much to do, one of a row may be late for that alone.
            boolean within = false;
            for (int row = 0; row < 4 && !within; row++) {
                within = true;
                for (int i = 0; i < 5; i++) {
                    within &= seen(here, there).compareTo(WITHIN) <= 0;
                }
            }
            assertThat(within).as("each of five within %s", WITHIN).isTrue();
            assertThat(HeardNodes.hears(other)).isFalse();
        }
    }

    /** How long after the answer to whoever publishes here it is seen there. */
    private Duration seen(OpenPage here, OpenPage there) {
        publish("Ici");
        long since = System.nanoTime();
        long counter = there.nextNews().counter();
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        assertThat(counter).isEqualTo(here.nextNews().counter());
        return took;
    }

    @Test
    void aPageMayChangeToANodeThatHasNotHeardOfItsLastEventYet() throws IOException {
        town = NoticeTown.on(Dialect.POSTGRESQL, NEVER_LOOKS, DOES_NOT_LISTEN);
        try (TambourServer other = secondNode(NEVER_LOOKS, DOES_NOT_LISTEN);
                OpenPage here = open(town.server())) {
            publish("Ici");
            long counter = here.nextNews().counter();
            try (OpenPage first = OpenPage.at(other.url("/direct"), Long.toString(counter - 1))) {
                assertThat(first.nextNews().counter()).isEqualTo(counter);
                publish("Encore ici");
                assertThat(here.nextNews().counter()).isEqualTo(counter + 1);
                try (OpenPage moved = OpenPage.at(other.url("/direct"), Long.toString(counter + 1))) {
                    assertThat(first.nextNews().counter()).isEqualTo(counter + 1);
                    Await.until(() -> moved.lastId().equals(Long.toString(counter + 1)));
                }
            }
        }
    }

    @Test
    void aNodeThatLosesItsLineGoesOnByLookingSaysSoOnceAndListensAgain() throws Exception {
        town = NoticeTown.on(Dialect.POSTGRESQL, DOES_NOT_LISTEN);
        try (TambourServer other = secondNode("--tambour.database.look=500ms");
                OpenPage there = open(other)) {
            listenToTheLog();
            awaitHearing(other);
            try (Connection database = town.server().folder().connect()) {
                hangUp(database);
                Await.until(() -> !warnings().isEmpty());
                publish("Sans notification");
                assertThat(there.nextNews().step()).isEqualTo("published");
            }
            awaitHearing(other);
            assertThat(warnings()).hasSize(1);
            assertThat(said.list).anyMatch(event -> event.getFormattedMessage().equals("Other nodes are heard again"));
        }
    }

    private List<ILoggingEvent> warnings() {
        return List.copyOf(said.list).stream()
                .filter(event ->
                        event.getLevel() == Level.WARN && event.getMessage().startsWith("Other nodes"))
                .toList();
    }

    private static void hangUp(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                    + " current_database() AND query LIKE 'LISTEN%'");
        }
    }

    private static void awaitHearing(TambourServer node) {
        Await.until(() -> HeardNodes.hears(node));
    }

    private TambourServer secondNode(String... properties) throws IOException {
        Path copy = Files.createTempDirectory("tambour-node");
        try (Stream<Path> files = Files.walk(town.server().folder().path())) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(town.server().folder().path().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.getFileName().toString().contains("lock")) {
                    Files.copy(file, to);
                }
            }
        }
        return TambourServer.start(
                new DataFolder(
                        Dialect.POSTGRESQL,
                        copy,
                        Objects.requireNonNull(town.server().folder().databaseUrl())),
                Stream.concat(Stream.of("--tambour.timer.enabled=false"), Stream.of(properties))
                        .toArray(String[]::new));
    }
}
