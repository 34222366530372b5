package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.Reaction;
import fr.tambour.conversation.internal.Reactions;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.DomainWatch;
import fr.tambour.fediverse.internal.FollowerDays;
import fr.tambour.notice.NoticeId;
import fr.tambour.operations.internal.command.OperatorCommand;
import fr.tambour.operations.internal.command.Typed;
import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.TambourServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the account is called is chosen until other servers know it; a domain of the town's own has to lead here, and go on doing so. */
class AccountAddressTest {

    private static final String PASSWORD = "une phrase assez longue";

    /** Nobody follows it. */
    private static final FediverseTown UNFOLLOWED = new FediverseTown(Dialect.SQLITE, TambourServer.LOCAL_PORT);

    private static final String STEP = "Choisir l’adresse du compte";

    private static int people;

    private FediverseTown town = UNFOLLOWED;
    private Stranger other;
    private StudioClient studio;

    @BeforeEach
    void start() throws Exception {
        other = new Stranger();
        studio = signedIn(Role.ADMINISTRATOR);
        assertThat(choose("ville", own()).statusCode()).isEqualTo(302);
    }

    @AfterEach
    void stop() {
        other.close();
    }

    @AfterAll
    static void close() {
        UNFOLLOWED.close();
    }

    private StudioClient signedIn(Role role) {
        String email = "jeanne" + people++ + "@clairval.example";
        People people = town.server().bean(People.class);
        new TransactionTemplate(town.server().bean(PlatformTransactionManager.class))
                .executeWithoutResult(
                        status -> people.create(town.town().id(), email, "Jeanne", PASSWORD, "fr", Set.of(role)));
        StudioClient client = new StudioClient(town.server(), town.town().slug());
        assertThat(client.signIn(email, PASSWORD).statusCode()).isEqualTo(302);
        return client;
    }

    private HttpResponse<String> choose(String name, String domain) {
        studio.get("/studio/fediverse");
        return studio.post("/studio/fediverse/adresse", "nom", name, "domaine", domain);
    }

    private Document page() {
        return Jsoup.parse(studio.get("/studio/fediverse").body());
    }

    private String home() {
        return studio.get("/studio").body();
    }

    private String own() {
        return town.url("/").getRawAuthority();
    }

    private String domain() {
        return other.at("/").getRawAuthority();
    }

    private void leadsHere() {
        other.shows("/.well-known/webfinger", """
                {"subject":"acct:ville@%s","links":[{"rel":"self","type":"application/activity+json","href":"%s"}]}
                """.formatted(own(), town.url("/@ville")));
    }

    private HttpResponse<String> webFinger(String account) throws Exception {
        URI asked = town.url("/.well-known/webfinger?resource=acct:" + account);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aDomainThatLeadsHereStandsAfterTheAtAndTheHostIsFoundAsWell() throws Exception {
        leadsHere();
        assertThat(choose("ville", domain()).statusCode()).isEqualTo(302);
        assertThat(other.asked()).containsExactly("GET /.well-known/webfinger");
        assertThat(page().text()).contains("@ville@" + domain());
        for (String account : new String[] {"ville@" + domain(), "ville@" + own()}) {
            JsonNode found = json(webFinger(account));
            assertThat(found.get("subject").asString()).isEqualTo("acct:ville@" + domain());
            assertThat(found.at("/links/0/href").asString())
                    .isEqualTo(town.url("/@ville").toString());
        }
    }

    @Test
    void aDomainThatDoesNotLeadHereIsRefusedAndItIsSaidWhatItWants() throws Exception {
        HttpResponse<String> answer = choose("ville", domain());
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select("pre").text()).contains(own() + "/.well-known/$1");
        assertThat(Jsoup.parse(answer.body()).select("input[name=domaine]").attr("value"))
                .isEqualTo(domain());
        other.shows("/.well-known/webfinger", """
                {"links":[{"rel":"self","href":"https://elsewhere.example/@ville"}]}""");
        assertThat(choose("ville", domain()).statusCode()).isEqualTo(422);
        assertThat(webFinger("ville@" + domain()).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void fromTheFirstFollowerOnItStaysAndWhoFollowsIsCountedDayByDay(Dialect dialect) throws Exception {
        try (FediverseTown followed = new FediverseTown(dialect)) {
            town = followed;
            studio = signedIn(Role.ADMINISTRATOR);
            assertThat(home()).contains(STEP);
            assertThat(signedIn(Role.AUTHOR).get("/studio").body()).doesNotContain(STEP);
            assertThat(choose("ville", own()).statusCode()).isEqualTo(302);
            assertThat(home()).as("what is proposed is chosen as well").doesNotContain(STEP);
            assertThat(choose("clairval", own()).statusCode()).isEqualTo(302);
            assertThat(webFinger("ville@" + own()).statusCode()).isEqualTo(404);
            assertThat(json(webFinger("clairval@" + own())).at("/links/0/href").asString())
                    .isEqualTo(town.url("/@clairval").toString());

            follows("alice");

            assertThat(page().select("form[action$=adresse]")).isEmpty();
            HttpResponse<String> late = choose("ville", own());
            assertThat(late.statusCode()).isEqualTo(422);
            assertThat(late.body()).contains("D’autres serveurs connaissent déjà ce compte");
            assertThat(webFinger("clairval@" + own()).statusCode()).isEqualTo(200);
            isCounted();
        }
    }

    private void follows(String name) throws Exception {
        other.account(name);
        String follow = """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Follow","actor":"%s","object":"%s"}
                """.formatted(other.at("/follows/1"), other.at("/" + name), town.url("/@clairval"));
        Stranger.Sending sending = new Stranger.Sending(other.at("/" + name) + "#main-key", follow);
        assertThat(other.sends(town.url("/@clairval/inbox"), sending).statusCode())
                .isEqualTo(202);
        Await.until(
                () -> town.server().bean(Actors.class).heldSince(town.town()).isPresent());
    }

    private void isCounted() {
        FollowerDays days = town.server().bean(FollowerDays.class);
        days.note();
        days.note();
        assertThat(days.last(town.town().id(), 10))
                .singleElement()
                .satisfies(
                        day -> assertThat(day.followers() + " " + day.servers()).isEqualTo("1 1"));
        town.server().clock().go(Duration.ofDays(8));
        days.note();
        assertThat(days.last(town.town().id(), 10)).hasSize(2);
        studio = signedIn(Role.AUTHOR);
        assertThat(page().select("tbody tr")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(page().text()).contains("moins de dix");
    }

    @Test
    void whatTheOtherWebServerHasToSayIsReadBeforeItIsTriedAndInTheManual() throws Exception {
        Document page = page();
        List<String> snippets = page.select("#renvoi pre").eachText();
        assertThat(snippets).hasSize(3).allSatisfy(one -> assertThat(one).contains("https://" + own()));
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("#renvoi").hasAttr("open")).isFalse();
        assertThat(page.select("#renvoi").text()).contains("nginx", "Apache", "Caddy");
        String manual = Files.readString(Path.of("docs/operate/fediverse.md")).replaceAll("\\s+", " ");
        assertThat(snippets)
                .allSatisfy(one -> assertThat(manual)
                        .contains(one.replace(own(), "avis.clairval.fr").replaceAll("\\s+", " ")));
        assertThat(Jsoup.parse(choose("ville", domain()).body())
                        .select("#renvoi")
                        .hasAttr("open"))
                .isTrue();
    }

    @Test
    void aDomainThatLeadsHereNoMoreIsNamedAtTheDeskAndByTheDoctorUntilItDoesAgain() throws Exception {
        leadsHere();
        assertThat(choose("ville", domain()).statusCode()).isEqualTo(302);
        DomainWatch watch = town.server().bean(DomainWatch.class);
        other.asked().clear();
        watch.round().join();
        watch.round().join();
        assertThat(other.asked()).hasSize(2);
        assertThat(page().text()).doesNotContain("ne mène plus à ce compte");
        assertThat(Typed.on(town.server().folder(), "doctor").text())
                .contains("well     Ville de Clairval: " + domain() + " leads to its account @ville@" + domain());

        other.answers("/.well-known/webfinger", 404);
        watch.round().join();
        assertThat(page().text()).as("once is no habit").doesNotContain("ne mène plus à ce compte");
        watch.round().join();
        other.asked().clear();
        assertThat(page().text()).contains(domain() + " ne mène plus à ce compte depuis", "RedirectMatch");
        assertThat(home()).contains("Rétablir le renvoi de " + domain());
        assertThat(signedIn(Role.AUTHOR).get("/studio").body()).doesNotContain("Rétablir le renvoi");
        assertThat(other.asked())
                .as("nobody waits for another server to see a page")
                .isEmpty();
        Typed doctor = Typed.on(town.server().folder(), "doctor");
        assertThat(doctor.text())
                .contains("WRONG    Ville de Clairval: " + domain() + " does not lead to its account @ville@");
        assertThat(doctor.status()).isEqualTo(OperatorCommand.FOUND_SOMETHING);

        leadsHere();
        watch.round().join();
        assertThat(page().text()).doesNotContain("ne mène plus à ce compte");
        assertThat(home()).doesNotContain("Rétablir le renvoi");
    }

    @Test
    void howFarAllNoticesWentStandsOnTheAccountsPage() {
        assertThat(page().text()).contains("Personne n’a encore partagé ni aimé un avis.");
        NoticeId notice = town.publishes("Le bal", "Samedi, sur la place.");
        Instant now = town.server().clock().instant();
        reposts(notice, "alice", "a.example", now.minus(Duration.ofDays(40)));
        reposts(notice, "bob", "b.example", now.minus(Duration.ofDays(2)));
        reposts(notice, "carol", "b.example", now);
        assertThat(page().select("#echos ~ p").eachText())
                .containsExactly(
                        "Sur trente jours : 2 partages, depuis 1 serveur ; aucune mention « J’aime ».",
                        "Sur un an : 3 partages, depuis 2 serveurs ; aucune mention « J’aime ».");
    }

    private void reposts(NoticeId notice, String who, String host, Instant at) {
        Reaction reaction = new Reaction(notice, Reaction.Kind.REPOST, who, who, host);
        new TransactionTemplate(town.server().bean(PlatformTransactionManager.class))
                .executeWithoutResult(status ->
                        town.server().bean(Reactions.class).add(town.town().id(), reaction, at));
    }

    @ParameterizedTest
    @CsvSource({
        "Ville de Clairval,127.0.0.1",
        "'',127.0.0.1",
        "ville,''",
        "ville,clairval.fr/chemin",
        "ville,un domaine",
        "ville,moi@clairval.fr"
    })
    void whatIsNoAddressIsRefused(String name, String domain) {
        assertThat(choose(name, domain).statusCode()).isEqualTo(422);
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void onlyWhoMayChangesIt() {
        studio = signedIn(Role.AUTHOR);
        assertThat(page().select("form[action$=adresse]")).isEmpty();
        assertThat(choose("clairval", own()).statusCode()).isEqualTo(403);
    }
}
