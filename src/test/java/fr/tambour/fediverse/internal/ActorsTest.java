package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.tambour.fediverse.FediverseTown;
import fr.tambour.keys.Keys;
import fr.tambour.notice.NoticeId;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.Ids;
import fr.tambour.testing.Await;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownStyle;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What an account is called, while nobody follows it and from then on. */
class ActorsTest {

    @Test
    void whoIsFollowedKeepsItsNameOnEveryNodeAndBeforeThatItGoesWithTheSettings() {
        try (FediverseTown town = new FediverseTown(Dialect.SQLITE)) {
            TambourServer server = town.server();
            Actors actors = server.bean(Actors.class);
            assertThat(actors.path(town.town())).isEqualTo("/@ville");
            Town now = changed(town, TownStyle.MAIRIE);
            assertThat(actors.path(now)).isEqualTo("/@mairie");
            Actor held = actors.of(now);
            assertThat(actors.isChosen(now)).isFalse();
            writing(server)
                    .executeWithoutResult(
                            status -> actors.holdFast(held, server.clock().instant()));

            assertThat(actors.isChosen(now)).as("others know it by now").isTrue();
            Town later = changed(town, TownStyle.COMMUNE);

            Actors another = anotherNode(server);
            assertThat(another.path(later)).isEqualTo("/@mairie");
            assertThat(another.of(later).uri()).isEqualTo(held.uri());
            assertThat(actors.path(later)).isEqualTo("/@mairie");
        }
    }

    /** By that other servers verify the site, and show whose its pages are, whatever address the town has by now. */
    @Test
    void theSiteNamesTheAccountWhereItStandsAfterTheTownHasMoved() throws Exception {
        try (FediverseTown town = new FediverseTown(Dialect.SQLITE)) {
            TambourServer server = town.server();
            Actors actors = server.bean(Actors.class);
            Actor held = actors.of(town.town());
            writing(server)
                    .executeWithoutResult(
                            status -> actors.holdFast(held, server.clock().instant()));
            NoticeId notice = town.publishes("Le bal", "Samedi.");

            town.changes(was -> FediverseTown.settings(
                    was,
                    was.name(),
                    URI.create("https://neuf.example"),
                    List.of("neuf.example", "127.0.0.1"),
                    was.contact()));

            Document page = Jsoup.parse(
                    town.get("/avis/" + notice.ref() + "/le-bal", "text/html").body());
            assertThat(page.select("head link[rel=me]").eachAttr("href"))
                    .containsExactly(held.uri().toString());
            assertThat(page.select("head meta[name=fediverse:creator]").attr("content"))
                    .isEqualTo("@" + held.handle());
            JsonNode account = town.json("/@ville");
            assertThat(account.path("url").asString()).isEqualTo(held.uri().toString());
            assertThat(Jsoup.parse(account.path("attachment")
                                    .get(0)
                                    .path("value")
                                    .asString())
                            .select("a[rel~=me]")
                            .attr("href"))
                    .isEqualTo("https://neuf.example/");
            assertThat(account.path("attributionDomains").get(0).asString()).isEqualTo("neuf.example");
            assertThat(page.select("head link[rel=alternate][type=application/activity+json]")
                            .attr("href"))
                    .isEqualTo(held.base() + "/avis/" + notice.ref());
        }
    }

    /** Each knows for half a minute what it has read. */
    @Test
    void whatWasChosenOnAnotherNodeIsHeldAlthoughThisOneStillKnowsWhatWasBefore() {
        try (FediverseTown town = new FediverseTown(Dialect.SQLITE)) {
            TambourServer server = town.server();
            Actors actors = server.bean(Actors.class);
            Actor before = actors.of(town.town());
            Actors other = anotherNode(server);
            writing(server).executeWithoutResult(status -> other.call(before, "clairval", "clairval.fr"));

            writing(server)
                    .executeWithoutResult(
                            status -> actors.holdFast(before, server.clock().instant()));

            assertThat(anotherNode(server).of(town.town()).handle()).isEqualTo("clairval@clairval.fr");
        }
    }

    @Test
    void whatIsNotCommittedNobodyElseMeetsAndNobodyKeepsWhatWasBefore() throws Exception {
        try (FediverseTown town = new FediverseTown(Dialect.SQLITE)) {
            TambourServer server = town.server();
            Actors actors = server.bean(Actors.class);
            long theme = town.theme("jeunesse").id();
            long other = town.theme("voirie").id();
            writing(server)
                    .executeWithoutResult(
                            status -> actors.addTheme(town.town(), theme, "jeunesse", Actors.generated()));
            Actor account = actors.themes(town.town()).getFirst();

            AtomicReference<Actor.State> meanwhile = new AtomicReference<>();
            writing(server).executeWithoutResult(status -> {
                actors.put(account, Actor.State.OFF, server.clock().instant());
                Thread elsewhere = Thread.ofPlatform()
                        .start(() -> meanwhile.set(actors.byId(town.town(), account.id())
                                .orElseThrow()
                                .state()));
                join(elsewhere);
            });

            assertThat(meanwhile).hasValue(Actor.State.ON);
            assertThat(actors.byId(town.town(), account.id()).orElseThrow().state())
                    .isEqualTo(Actor.State.OFF);
            Actors another = anotherNode(server);
            assertThatThrownBy(() -> writing(server)
                            .executeWithoutResult(
                                    status -> another.addTheme(town.town(), other, "jeunesse", Actors.generated())))
                    .as("nobody gets the name of another")
                    .isInstanceOf(DuplicateKeyException.class);
        }
    }

    /** Of two transactions that ask at the same moment one may have the writer, and the other wait for it with nothing read yet. */
    @Test
    void whoHasTheWriterDoesNotWaitForWhoWaitsForIt() {
        try (FediverseTown town = new FediverseTown(Dialect.SQLITE)) {
            TambourServer server = town.server();
            Actors actors = server.bean(Actors.class);
            Actor own = actors.of(town.town());
            AtomicReference<Boolean> other = new AtomicReference<>();

            writing(server).executeWithoutResult(status -> {
                actors.holdFast(own, server.clock().instant());
                actors.reread(town.town().id());
                Thread waits = Thread.ofPlatform()
                        .start(() -> other.set(writing(server).execute(begun -> actors.approve(town.town()))));
                Await.until(() -> waits.getState() == Thread.State.TIMED_WAITING);
                assertThat(actors.approve(town.town())).isFalse();
                assertThat(waits.isAlive()).as("it waits for this one's end").isTrue();
            });

            Await.until(() -> other.get() != null);
            assertThat(other).hasValue(false);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Actors anotherNode(TambourServer server) {
        return new Actors(
                server.bean(JdbcClient.class),
                server.bean(Keys.class),
                server.bean(Ids.class),
                server.bean(Clock.class),
                server.bean(PlatformTransactionManager.class));
    }

    private static TransactionTemplate writing(TambourServer server) {
        return new TransactionTemplate(server.bean(PlatformTransactionManager.class));
    }

    private static Town changed(FediverseTown town, TownStyle style) {
        return town.changes(was -> TestTowns.led(was, style, was.director()));
    }
}
