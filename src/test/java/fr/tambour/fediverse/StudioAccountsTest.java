package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Accessibility;
import fr.tambour.testing.Await;
import fr.tambour.testing.Browsers;
import fr.tambour.town.Profile;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the desk does with the town's accounts, and what other servers and readers see of it. */
class StudioAccountsTest {

    private static final FediverseTown TOWN = new FediverseTown(Dialect.SQLITE);
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    private static final URI VILLE = TOWN.url("/@ville");

    private static final StudioClient ADMINISTRATOR = TOWN.signedIn(Role.ADMINISTRATOR, Role.APPROVER);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Stranger stranger;
    private int follows;

    StudioAccountsTest() throws IOException {
        stranger = new Stranger();
    }

    @AfterEach
    void leave() {
        stranger.close();
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private Document page(String path) throws Exception {
        HttpResponse<String> answer = TOWN.get(path, "text/html");
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private static HttpResponse<String> studio(StudioClient client, String path, String... fields) {
        client.get("/studio/fediverse");
        return client.post(path, fields);
    }

    private static HttpResponse<String> opens(Theme theme, String name) {
        return studio(
                ADMINISTRATOR, "/studio/fediverse/thematiques", "thematique", Long.toString(theme.id()), "nom", name);
    }

    /** A theme of its own for each test, with an account of its name. */
    private static Theme opened(String name) {
        Theme theme = TOWN.theme(name);
        assertThat(opens(theme, name).statusCode()).isEqualTo(302);
        return theme;
    }

    private static void does(String name, String step) {
        assertThat(studio(ADMINISTRATOR, "/studio/fediverse/thematiques/" + name + "/" + step)
                        .statusCode())
                .isEqualTo(302);
    }

    private void follows(String who, URI whom) throws Exception {
        assertThat(asks("Follow", who, '"' + whom.toString() + '"').statusCode())
                .isEqualTo(202);
        Await.until(() -> !stranger.received("Accept").isEmpty());
        stranger.received().clear();
    }

    private HttpResponse<String> asks(String type, String who, String object) throws Exception {
        stranger.account(who);
        String activity = stranger.activity(type, who, stranger.at("/" + who + "#" + follows++), object);
        return stranger.sends(TOWN.url("/fediverse/inbox"), who, activity);
    }

    @Test
    void aThemeHasAnAccountThatIsFoundAndReadLikeTheTowns() throws Exception {
        Theme theme = opened("jeunesse");
        String handle = "jeunesse@" + TOWN.url("/").getRawAuthority();

        JsonNode found = JsonMapper.shared()
                .readTree(TOWN.get("/.well-known/webfinger?resource=acct:" + handle, "*/*")
                        .body());
        assertThat(found.path("links").get(0).path("href").asString())
                .isEqualTo(TOWN.url("/@jeunesse").toString());
        JsonNode actor = TOWN.json("/@jeunesse");
        assertThat(actor.path("id").asString()).isEqualTo(TOWN.url("/@jeunesse").toString());
        assertThat(actor.path("name").asString()).isEqualTo("jeunesse – Ville de Clairval");
        assertThat(actor.path("publicKey").path("publicKeyPem").asString())
                .isNotEqualTo(TOWN.json("/@ville")
                        .path("publicKey")
                        .path("publicKeyPem")
                        .asString());

        NoticeId about = TOWN.publishes("Le skatepark rouvre", "Samedi.", theme);
        NoticeId other = TOWN.publishes("La rue est barrée", "Lundi.", TOWN.theme("voirie"));
        JsonNode outbox = TOWN.json("/@jeunesse/outbox");
        assertThat(outbox.path("orderedItems").toString()).contains(about.ref()).doesNotContain(other.ref());
        JsonNode repost = outbox.path("orderedItems").get(0);
        assertThat(repost.path("type").asString()).isEqualTo("Announce");
        assertThat(TOWN.json(URI.create(repost.path("id").asString()).getPath())
                        .path("object")
                        .asString())
                .isEqualTo(TOWN.url("/avis/" + about.ref()).toString());

        HttpResponse<String> forPeople =
                TOWN.get(URI.create(repost.path("id").asString()).getPath(), "text/html");
        assertThat(forPeople.statusCode()).isEqualTo(303);
        assertThat(forPeople.headers().firstValue("location")).hasValue("/avis/" + about.ref());

        Document profile = page("/@jeunesse");
        assertThat(profile.select(".profile__posts").text())
                .contains("Le skatepark rouvre")
                .doesNotContain("La rue est barrée");
        assertThat(profile.select(".profile__handle").text()).isEqualTo("@" + handle);
        assertThat(profile.select("link[rel=alternate][type=" + FediverseTown.ACTIVITY + "]")
                        .attr("href"))
                .isEqualTo(TOWN.url("/@jeunesse").toString());
        assertThat(page("/@ville").select(".profile__accounts a[href=/@jeunesse]"))
                .hasSize(1);
        assertThat(page("/en/@jeunesse").text()).contains("this account shares what");
    }

    @Test
    void whoFollowsAThemeGetsItsRepostsAloneAndWhoFollowsBothIsToldTheNoticeOnce() throws Exception {
        Theme culture = opened("culture");
        Theme sport = TOWN.theme("sport");
        follows("young", TOWN.url("/@culture"));

        TOWN.publishes("Le match", "Dimanche.", sport);
        NoticeId concert = TOWN.publishes("Le concert", "Samedi.", culture);
        Await.until(() -> !stranger.activities().isEmpty());
        JsonNode announce = stranger.activities().getFirst();
        assertThat(announce.path("type").asString()).isEqualTo("Announce");
        assertThat(announce.path("actor").asString())
                .isEqualTo(TOWN.url("/@culture").toString());
        assertThat(announce.path("object").asString())
                .isEqualTo(TOWN.url("/avis/" + concert.ref()).toString());

        TOWN.corrects(concert, "Le concert", "Dimanche.", "Il pleuvra.", culture);
        Await.until(() -> stranger.activities().size() == 2);
        assertThat(stranger.activities().getLast().path("type").asString()).isEqualTo("Update");
        assertThat(stranger.activities().getLast().path("actor").asString()).isEqualTo(VILLE.toString());
        TOWN.withdraws(concert, "Il est annulé.");
        assertThat(TOWN.get("/@culture/partages/" + concert.ref(), FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(410);
        Await.until(() -> stranger.activities().size() == 4);
        assertThat(stranger.types()).containsExactly("Announce", "Update", "Delete", "Undo");
        assertThat(stranger.received("Undo")
                        .getFirst()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(announce.path("id").asString());

        stranger.received().clear();
        follows("young", VILLE);
        NoticeId fete = TOWN.publishes("La fête", "Samedi.", culture);
        Await.until(() -> stranger.activities().size() == 2);
        TOWN.withdraws(fete, "Elle est annulée.");
        Await.until(() -> stranger.activities().size() == 3);
        assertThat(stranger.types()).containsExactly("Create", "Announce", "Delete");
    }

    @Test
    void anAccountThatIsSuspendedRepostsNothingTakesNobodyAndSaysSoUntilItIsResumed() throws Exception {
        Theme theme = opened("marches");
        follows("bob", TOWN.url("/@marches"));
        follows("alice", VILLE);

        does("marches", "suspension");

        Await.until(() -> !stranger.received("Update").isEmpty());
        assertThat(stranger.received("Update")
                        .getFirst()
                        .path("object")
                        .path("summary")
                        .asString())
                .contains("ne partage plus rien");
        NoticeId marche = TOWN.publishes("Le marché", "Mardi.", theme);
        Await.until(() -> stranger.received("Create").size() == 1);
        assertThat(TOWN.json("/@marches/outbox").toString()).doesNotContain(marche.ref());
        assertThat(page("/@marches").text()).doesNotContain("Le marché");
        assertThat(TOWN.get("/@marches/partages/" + marche.ref(), FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(page("/@marches").select("form.profile__form")).isEmpty();
        assertThat(page("/@marches").text()).contains("ne prend plus d’abonnés");
        assertThat(page("/@ville").select(".profile__accounts a[href=/@marches]"))
                .isEmpty();
        asks("Follow", "carol", '"' + TOWN.url("/@marches").toString() + '"');
        Await.until(() -> !stranger.received("Reject").isEmpty());
        assertThat(stranger.received("Accept")).isEmpty();
        assertThat(stranger.received("Announce")).isEmpty();
        // Whoever follows already does, whatever their server asks by itself.
        asks("Follow", "bob", '"' + TOWN.url("/@marches").toString() + '"');
        Await.until(() -> !stranger.received("Accept").isEmpty());

        does("marches", "retablissement");
        NoticeId foire = TOWN.publishes("La foire", "Mercredi.", theme);

        Await.until(() -> stranger.received("Create").size() == 2
                && !stranger.received("Announce").isEmpty());
        assertThat(stranger.received("Announce"))
                .extracting(announce -> announce.path("object").asString())
                .containsExactly(note(foire));
    }

    @Test
    void anAccountThatIsClosedIsDeletedOnOtherServersAndGoneHereAndItsNameIsNobodysAgain() throws Exception {
        Theme theme = opened("ecoles");
        follows("bob", TOWN.url("/@ecoles"));
        NoticeId kermesse = TOWN.publishes("La kermesse", "Samedi.", theme);
        Await.until(() -> !stranger.received("Announce").isEmpty());
        does("ecoles", "suspension");
        Await.until(() -> !stranger.received("Update").isEmpty());

        does("ecoles", "fermeture");

        Await.until(() -> !stranger.received("Delete").isEmpty());
        assertThat(count("SELECT count(*) FROM fediverse_follower WHERE remote = '" + stranger.at("/bob") + "'"))
                .as("who followed it is no longer known")
                .isZero();
        assertThat(stranger.received("Delete").getFirst().path("object").asString())
                .isEqualTo(TOWN.url("/@ecoles").toString());
        assertThat(TOWN.get("/@ecoles", FediverseTown.ACTIVITY).statusCode()).isEqualTo(410);
        assertThat(TOWN.get("/@ecoles", "text/html").statusCode()).isEqualTo(410);
        assertThat(TOWN.get("/@ecoles/outbox", FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(410);
        assertThat(http.send(
                                HttpRequest.newBuilder(TOWN.url("/@ecoles/inbox"))
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(410);
        assertThat(TOWN.get(
                                "/.well-known/webfinger?resource=acct:ecoles@"
                                        + TOWN.url("/").getRawAuthority(),
                                "*/*")
                        .statusCode())
                .isEqualTo(404);
        assertThat(opens(theme, "ecoles").statusCode()).isEqualTo(422);
        assertThat(opens(theme, "ecoles2").statusCode()).isEqualTo(302);

        TOWN.withdraws(kermesse, "Il pleut.");
        Await.until(() -> stranger.received("Delete").size() == 2);
        assertThat(stranger.received("Delete")
                        .getLast()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(note(kermesse));
        assertThat(stranger.received("Undo")).isEmpty();
    }

    private static int count(String sql) {
        TransactionTemplate reading = new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return Objects.requireNonNull(reading.execute(status -> TOWN.server()
                .bean(JdbcClient.class)
                .sql(sql)
                .query(Integer.class)
                .single()));
    }

    @Test
    void whoCallsOrReportsAThemesAccountIsHeardByTheTown() throws Exception {
        opened("sports");
        int before = count("SELECT count(*) FROM conversation_message");
        asks("Create", "bob", """
                {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>C’est ouvert dimanche ?</p>","to":["%s"],
                 "tag":[{"type":"Mention","href":"%s"}]}
                """.formatted(
                        stranger.at("/notes/9"), stranger.at("/bob"), PUBLIC, TOWN.url("/@sports")));
        assertThat(count("SELECT count(*) FROM conversation_message")).isEqualTo(before + 1);
        int reports = count("SELECT count(*) FROM conversation_report");
        asks("Flag", "bob", '"' + TOWN.url("/@sports").toString() + '"');
        assertThat(count("SELECT count(*) FROM conversation_report")).isEqualTo(reports + 1);
    }

    @Test
    void whoIsBlockedRewordsNothingOnTheTownsPageAndStandsThereNoMore() throws Exception {
        String address = post("/notes/10", "biblio", "Le conte", PUBLIC);
        assertThat(reposts(address, seen(looksAt(address))).statusCode()).isEqualTo(302);
        assertThat(page("/@ville").text()).contains("Le conte");
        asks("Create", "biblio", """
                {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>Achetez nos montres</p>","to":["%s","%s"]}
                """.formatted(stranger.at("/notes/11"), stranger.at("/biblio"), PUBLIC, VILLE));
        var moderator = TOWN.colleague("malik@clairval.example", Role.MODERATOR);
        long message = longOf("SELECT MAX(id) FROM conversation_message");

        TOWN.server().bean(ModerationDesk.class).block(moderator, message, Scope.AUTHOR);

        assertThat(page("/@ville").text()).doesNotContain("Le conte");
        assertThat(ADMINISTRATOR.get("/studio/journal").body()).contains("Partage retiré", "est bloqué");
        Await.until(() -> !stranger.received("Undo").isEmpty());
        assertThat(count("SELECT count(*) FROM fediverse_repost WHERE author = '" + stranger.at("/biblio") + "'"))
                .as("nothing of theirs is kept")
                .isZero();
    }

    private static long longOf(String sql) {
        TransactionTemplate reading = new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return Objects.requireNonNull(reading.execute(status ->
                TOWN.server().bean(JdbcClient.class).sql(sql).query(Long.class).single()));
    }

    @Test
    void whatIsNoNameOrAnothersOrAThemeThatHasOneIsRefusedInWords() {
        Theme theme = opened("seniors");
        Theme other = TOWN.theme("sante");
        for (String name : List.of("Séniors", "", "ville", "mairie", "seniors")) {
            HttpResponse<String> answer = opens(other, name);
            assertThat(answer.statusCode()).as(name).isEqualTo(422);
            Document refused = Jsoup.parse(answer.body());
            assertThat(refused.select("[role=alert]").text()).isNotEmpty();
            assertThat(refused.select("#nom-" + other.id()).attr("value")).isEqualTo(name);
            assertThat(refused.select("details[open] #nom-" + other.id())).hasSize(1);
        }
        assertThat(Jsoup.parse(TOWN.signedIn(Role.AUTHOR)
                                .get("/studio/fediverse")
                                .body())
                        .select("section[aria-labelledby=thematiques] li:contains(" + other.name("fr", "fr") + ")")
                        .text())
                .as("who may not open one")
                .endsWith("Pas de compte à part.");
        assertThat(opens(theme, "autre").statusCode()).isEqualTo(409);
        assertThat(studio(
                                TOWN.signedIn(Role.AUTHOR),
                                "/studio/fediverse/thematiques",
                                "thematique",
                                Long.toString(other.id()),
                                "nom",
                                "sante")
                        .statusCode())
                .isEqualTo(403);
        assertThat(studio(ADMINISTRATOR, "/studio/fediverse/adresse", "nom", "seniors", "domaine", "127.0.0.1")
                        .statusCode())
                .isEqualTo(422);
    }

    private String post(String path, String author, String words, String to) {
        stranger.account(author);
        String note = """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Note","attributedTo":"%s",
                 "content":"<p>%s<script>alert(1)</script></p>","contentMap":{"fr":"<p>%s</p>"},"url":"%s","to":["%s"]}
                """.formatted(
                        stranger.at(path), stranger.at("/" + author), words, words, stranger.at("/page" + path), to);
        stranger.shows(path, note);
        return stranger.at(path).toString();
    }

    private static HttpResponse<String> looksAt(String address) {
        return studio(ADMINISTRATOR, "/studio/fediverse/partages/apercu", "adresse", address);
    }

    private static String seen(HttpResponse<String> preview) {
        return Jsoup.parse(preview.body()).select("input[name=vu]").attr("value");
    }

    private static HttpResponse<String> reposts(String address, String seen) {
        return ADMINISTRATOR.post("/studio/fediverse/partages", "adresse", address, "vu", seen);
    }

    @Test
    void whatSomebodyElseWroteIsSeenFirstRepostedToAllWhoFollowShownAndTakenBack() throws Exception {
        follows("alice", VILLE);
        String address = post("/notes/1", "prefet", "Vigilance orange", PUBLIC);

        HttpResponse<String> preview = looksAt(address);
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(preview.body()).select(".repost").text())
                .contains("Vigilance orange", "prefet")
                .doesNotContain("alert");
        assertThat(stranger.received("Announce")).isEmpty();
        assertThat(reposts(address, seen(preview)).statusCode()).isEqualTo(302);

        // To the follower, and to whoever wrote it.
        Await.until(() -> stranger.received("Announce").size() == 2);
        JsonNode announce = stranger.received("Announce").getFirst();
        assertThat(announce.path("object").asString()).isEqualTo(address);
        assertThat(announce.path("actor").asString()).isEqualTo(VILLE.toString());
        assertThat(announce.path("cc").toString())
                .contains(stranger.at("/prefet").toString());
        String id = announce.path("id").asString();
        assertThat(TOWN.json(URI.create(id).getPath()).path("object").asString())
                .isEqualTo(address);
        assertThat(TOWN.json("/@ville/outbox").toString()).contains(id);
        Document profile = page("/@ville");
        assertThat(profile.select("a[href=" + stranger.at("/page/notes/1") + "]")
                        .attr("rel"))
                .contains("noopener");
        assertThat(profile.select(".profile__posts").text()).contains("Message de prefet@", "Vigilance orange");
        assertThat(looksAt(address).statusCode()).isEqualTo(200);
        assertThat(reposts(address, seen(looksAt(address))).statusCode()).isEqualTo(409);

        String form = Jsoup.parse(ADMINISTRATOR.get("/studio/fediverse").body())
                .select("form[action*=/partages/][action$=/retrait]")
                .attr("action");
        assertThat(ADMINISTRATOR.post(form).statusCode()).isEqualTo(302);

        Await.until(() -> stranger.received("Undo").size() == 2);
        assertThat(stranger.received("Undo")
                        .getFirst()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(id);
        assertThat(TOWN.get(URI.create(id).getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(410);
        assertThat(page("/@ville").text()).doesNotContain("Vigilance orange");
        assertThat(ADMINISTRATOR.get("/studio/journal").body()).contains("Partage retiré", address);
    }

    @Test
    void whatItsAuthorTakesBackIsRepostedNoMore() throws Exception {
        follows("alice", VILLE);
        String address = post("/notes/2", "mediatheque", "Fermeture lundi", PUBLIC);
        assertThat(reposts(address, seen(looksAt(address))).statusCode()).isEqualTo(302);
        Await.until(() -> stranger.received("Announce").size() == 2);
        post("/notes/2", "mediatheque", "Fermeture mardi", PUBLIC);

        asks("Update", "mediatheque", noteAt("/notes/2", "mediatheque", "Fermeture mardi"));
        assertThat(page("/@ville").text()).contains("Fermeture mardi").doesNotContain("Fermeture lundi");
        asks("Delete", "mallory", '"' + address + '"');
        assertThat(page("/@ville").text()).contains("Fermeture mardi");

        asks("Delete", "mediatheque", '"' + address + '"');

        Await.until(() -> stranger.received("Undo").size() == 2);
        assertThat(page("/@ville").text()).doesNotContain("Fermeture mardi");
    }

    private String noteAt(String path, String author, String words) {
        return """
                {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>%s</p>","to":["%s"]}
                """.formatted(stranger.at(path), stranger.at("/" + author), words, PUBLIC);
    }

    @Test
    void whatHasChangedSinceItWasSeenIsShownAgainFirst() {
        String address = post("/notes/3", "pompiers", "Feu de forêt", PUBLIC);
        String seen = seen(looksAt(address));
        post("/notes/3", "pompiers", "Achetez nos montres", PUBLIC);

        HttpResponse<String> answer = reposts(address, seen);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Jsoup.parse(answer.body()).select(".repost").text()).contains("Achetez nos montres");
        assertThat(stranger.received("Announce")).isEmpty();
    }

    @Test
    void whatIsNotPublicOrNoPostOrTheTownsOwnOrNotItsAuthorsIsRefusedInWords() throws Exception {
        String closed = post(
                "/notes/4",
                "prefet",
                "Entre nous",
                stranger.at("/prefet/followers").toString());
        stranger.shows("/notes/5", noteAt("/notes/5", "prefet", "x").replace("\"Note\"", "\"Follow\""));
        stranger.shows(
                "/notes/6",
                noteAt("/notes/6", "prefet", "x")
                        .replace(stranger.at("/prefet").toString(), "https://elsewhere.example/prefet"));
        stranger.answers("/nobody", 404);
        stranger.shows("/notes/7", noteAt("/notes/7", "nobody", "x"));
        // Other servers show the town's own posts as well.
        stranger.shows(
                "/notes/12",
                noteAt("/notes/12", "prefet", "x")
                        .replace(
                                stranger.at("/notes/12").toString(),
                                TOWN.url("/avis/x").toString()));
        List<String> all = List.of(
                "ville",
                stranger.at("/notes/12").toString(),
                "javascript:alert(1)",
                TOWN.url("/avis/x").toString(),
                closed,
                stranger.at("/notes/5").toString(),
                stranger.at("/notes/6").toString(),
                stranger.at("/notes/7").toString(),
                stranger.at("/nowhere").toString(),
                "https://169.254.169.254/latest");
        for (String address : all) {
            HttpResponse<String> answer = looksAt(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(422);
            Document refused = Jsoup.parse(answer.body());
            assertThat(refused.select("[role=alert]").text()).isNotEmpty();
            assertThat(refused.select("input[name=adresse]").attr("value")).isEqualTo(address);
            assertThat(refused.select("input[name=adresse]").attr("aria-invalid"))
                    .isEqualTo("true");
        }
        assertThat(Jsoup.parse(looksAt(stranger.at("/notes/12").toString()).body())
                        .select("[role=alert]")
                        .text())
                .contains("est le vôtre");
        assertThat(studio(TOWN.signedIn(Role.AUTHOR), "/studio/fediverse/partages/apercu", "adresse", closed)
                        .statusCode())
                .isEqualTo(403);
    }

    /** On its host others may publish as well. */
    @Test
    void whatSomebodyElseShowsUnderAnothersNameIsNotBelieved() {
        String real = post("/notes/13", "prefet", "Vigilance jaune", PUBLIC);
        stranger.shows("/files/evil", noteAt("/notes/13", "prefet", "Achetez nos montres"));

        HttpResponse<String> preview = looksAt(stranger.at("/files/evil").toString());

        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(preview.body()).select(".repost").text())
                .contains("Vigilance jaune")
                .doesNotContain("montres");
        assertThat(real).isNotEmpty();
    }

    @Test
    void whatIsPinnedStandsFirstUntilItIsUnpinnedWithdrawnOrOver() throws Exception {
        follows("alice", VILLE);
        NoticeId budget = TOWN.publishes("Le budget", "Voté.");
        NoticeId travaux = TOWN.publishes("Les travaux", "Lundi.");
        for (NoticeId id : List.of(budget, travaux)) {
            ADMINISTRATOR.get("/studio/avis/" + id.ref());
            assertThat(ADMINISTRATOR
                            .post("/studio/avis/" + id.ref() + "/epingle")
                            .statusCode())
                    .isEqualTo(302);
        }
        TOWN.publishes("Le carnaval", "Samedi.");

        assertThat(featured()).containsExactly(note(travaux), note(budget));
        assertThat(page("/@ville").select(".profile__posts li").eachText().subList(0, 3))
                .satisfiesExactly(
                        first -> assertThat(first).contains("Épinglé", "Les travaux"),
                        second -> assertThat(second).contains("Épinglé", "Le budget"),
                        third -> assertThat(third).contains("Le carnaval").doesNotContain("Épinglé"));
        Await.until(() -> stranger.received("Add").size() == 2);
        assertThat(stranger.received("Add").getFirst().path("target").asString())
                .isEqualTo(TOWN.json("/@ville").path("featured").asString());

        TOWN.withdraws(travaux, "Reportés.");
        assertThat(featured()).containsExactly(note(budget));
        NoticeId ecole = TOWN.publishes("L’école", "Lundi.");
        for (String step : List.of("/epingle", "/epingle", "/epingle/retrait")) {
            ADMINISTRATOR.get("/studio/avis/" + ecole.ref());
            assertThat(ADMINISTRATOR.post("/studio/avis/" + ecole.ref() + step).statusCode())
                    .isEqualTo(302);
        }
        Await.until(() -> stranger.received("Remove").size() == 2);
        assertThat(stranger.received("Remove"))
                .as("what was withdrawn is taken off where it is known")
                .extracting(remove -> remove.path("object").asString())
                .containsExactlyInAnyOrder(note(travaux), note(ecole));
        ADMINISTRATOR.get("/studio/avis/" + budget.ref());
        assertThat(ADMINISTRATOR
                        .post("/studio/avis/" + budget.ref() + "/epingle/retrait")
                        .statusCode())
                .isEqualTo(302);
        assertThat(featured()).isEmpty();
        Await.until(() -> stranger.received("Remove").size() == 3);
    }

    @Test
    void noMoreArePinnedThanOthersShow() throws Exception {
        List<NoticeId> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(TOWN.publishes("Avis " + i, "Lundi."));
            ADMINISTRATOR.get("/studio/avis/" + all.get(i).ref());
            assertThat(ADMINISTRATOR
                            .post("/studio/avis/" + all.get(i).ref() + "/epingle")
                            .statusCode())
                    .isEqualTo(i < 5 ? 302 : 422);
        }
        assertThat(featured()).hasSize(5);
        assertThat(Jsoup.parse(ADMINISTRATOR
                                .get("/studio/avis/" + all.getLast().ref())
                                .body())
                        .select("form[action$=/epingle]"))
                .isEmpty();
        for (NoticeId id : all) {
            TOWN.withdraws(id, "Fini.");
        }
        assertThat(featured()).isEmpty();
    }

    private static String note(NoticeId id) {
        return TOWN.url("/avis/" + id.ref()).toString();
    }

    private List<String> featured() throws Exception {
        List<String> items = new ArrayList<>();
        TOWN.json("/@ville/featured").path("orderedItems").forEach(item -> items.add(item.asString()));
        return items;
    }

    @Test
    void newKeysArePublishedSignedWithAtOnceAndToldToFollowersWithTheKeyThatTheyKnow() throws Exception {
        follows("alice", VILLE);
        JsonNode before = TOWN.json("/@ville").path("publicKey");
        stranger.answers("/alice/inbox", 503);
        TOWN.publishes("Avant", "Lundi.");
        Await.until(() -> !stranger.received("Create").isEmpty());
        stranger.answers("/alice/inbox", 202);
        stranger.received().clear();

        assertThat(studio(ADMINISTRATOR, "/studio/fediverse/cles").statusCode()).isEqualTo(302);

        JsonNode after = TOWN.json("/@ville").path("publicKey");
        assertThat(after.path("id").asString()).isNotEqualTo(before.path("id").asString());
        assertThat(after.path("publicKeyPem").asString())
                .isNotEqualTo(before.path("publicKeyPem").asString());
        Await.until(() -> !stranger.received("Update").isEmpty());
        assertThat(stranger.received("Update").getFirst().path("object").path("publicKey"))
                .isEqualTo(after);
        assertThat(stranger.isSignedWith(before, stranger.types().indexOf("Update")))
                .as("whoever is told knows the old key alone")
                .isTrue();
        // All else is signed with the new one, also what was under way before.
        TOWN.server().clock().go(Duration.ofMinutes(1));
        Await.until(() -> !stranger.received("Create").isEmpty());
        assertThat(stranger.isSignedWith(after, stranger.types().indexOf("Create")))
                .isTrue();
        Await.until(() -> count("SELECT count(*) FROM fediverse_round WHERE private_key IS NOT NULL") == 0);
    }

    private static void called(String name) {
        TOWN.changes(was -> FediverseTown.settings(was, name, was.baseUrl(), was.hosts(), was.contact()));
    }

    private List<String> namesTold() {
        return stranger.received("Update").stream()
                .map(update -> update.path("object").path("name").asString())
                .toList();
    }

    /** Accounts that other tests have opened may wait as well. */
    private static final String NEWS_WAITING =
            "SELECT count(*) FROM fediverse_actor WHERE changed_at IS NOT NULL AND (kind = 'TOWN' OR name = 'nature')";

    /** And once in a few minutes at most, with what it is then. */
    @Test
    void whoFollowsIsToldWhenAnAccountLooksOtherwiseAndNotWhenItDoesNot() throws Exception {
        Theme theme = opened("nature");
        follows("alice", VILLE);
        follows("alice", TOWN.url("/@nature"));
        // As if nothing had been told lately, whatever other tests have done.
        TOWN.written("UPDATE fediverse_actor SET told_at = NULL, changed_at = NULL");
        Await.until(
                () -> count("SELECT count(*) FROM fediverse_actor WHERE held_at IS NOT NULL AND told IS NULL") == 0);
        stranger.received().clear();

        TOWN.changes(was -> TestTowns.led(was, was.style(), new Profile.Director("Dominique Petit", "maire")));
        assertThat(count(NEWS_WAITING)).as("that is shown of no account").isZero();

        called("Clairval-sur-Orge");
        Await.until(() -> stranger.received("Update").size() == 2);
        assertThat(namesTold())
                .containsExactlyInAnyOrder("Ville de Clairval-sur-Orge", "nature – Ville de Clairval-sur-Orge");
        JsonNode told = stranger.received("Update").stream()
                .filter(update -> update.path("actor").asString().equals(VILLE.toString()))
                .findFirst()
                .orElseThrow();
        JsonNode account = TOWN.json("/@ville");
        ((ObjectNode) account).remove("@context");
        assertThat(told.path("object")).isEqualTo(account);

        called("Clairval");
        TOWN.changes(was -> was.withColours(new Profile.Colours("#123456", "#e9b23f")));
        TOWN.renames(theme, "la nature");
        TOWN.server().clock().go(Duration.ofMinutes(4));
        Await.until(() -> count(NEWS_WAITING) == 2);
        assertThat(stranger.received("Update"))
                .as("not before five minutes are over")
                .hasSize(2);

        TOWN.server().clock().go(Duration.ofMinutes(6));
        Await.until(() -> stranger.received("Update").size() == 4);
        assertThat(namesTold().subList(2, 4))
                .containsExactlyInAnyOrder("Ville de Clairval", "la nature – Ville de Clairval");

        // What is as it was told last is not told.
        TOWN.changes(was -> was.withColours(Profile.Colours.DEFAULT));
        TOWN.changes(was -> was.withColours(new Profile.Colours("#123456", "#e9b23f")));
        TOWN.server().clock().go(Duration.ofMinutes(15));
        Await.until(() -> count(NEWS_WAITING) == 0);
        assertThat(stranger.received("Update")).hasSize(4);
        TOWN.changes(was -> was.withColours(Profile.Colours.DEFAULT));
        TOWN.server().clock().go(Duration.ZERO);
        TOWN.written("UPDATE fediverse_actor SET told_at = NULL, changed_at = NULL");
    }

    @Test
    void whichServersTakeNothingAndWhyIsReadAtTheDeskUntilTheyTakeItAgain() throws Exception {
        follows("bruno", VILLE);
        stranger.answers("/bruno/inbox", 403);
        TOWN.publishes("Le verglas", "Lundi.");
        String host = stranger.host();

        Await.until(() -> ailing(host).contains("Il refuse ce que nous envoyons (403)."));
        assertThat(ailing(host)).contains("moins de dix");
        assertThat(ADMINISTRATOR.get("/studio/fediverse").body())
                .containsPattern("[0-9] (est|sont) en difficulté")
                .contains("/studio/fediverse/serveurs");

        stranger.answers("/bruno/inbox", 202);
        TOWN.publishes("La neige", "Mardi.");
        Await.until(() -> ailing(host).isEmpty());
        assertThat(TOWN.signedIn(Role.AUTHOR).get("/studio/fediverse/serveurs").statusCode())
                .isEqualTo(200);
    }

    /** Its line, or nothing. */
    private static String ailing(String host) {
        return Jsoup.parse(ADMINISTRATOR.get("/studio/fediverse/serveurs").body()).select("tbody tr").stream()
                .filter(line -> line.select("th").text().equals(host))
                .findFirst()
                .map(Element::text)
                .orElse("");
    }

    /** A server for each reason, and two that are set aside. */
    private static void servers() {
        String since = Long.toString(
                TOWN.server().clock().instant().minus(Duration.ofDays(3)).toEpochMilli());
        String until = Long.toString(
                TOWN.server().clock().instant().plus(Duration.ofHours(3)).toEpochMilli());
        new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            int id = 1;
            for (String reason : List.of(
                    "'NAMELESS', 0, NULL, NULL",
                    "'CERTIFICATE', 0, NULL, NULL",
                    "'SILENT', 0, NULL, NULL",
                    "'OVERLOADED', 503, " + until + ", NULL",
                    "'BROKEN', 500, NULL, NULL",
                    "'MOVED', 301, NULL, NULL",
                    "'REFUSES', 403, NULL, NULL",
                    "'GONE', 404, NULL, NULL",
                    "NULL, NULL, NULL, NULL",
                    "'SILENT', 0, NULL, " + since)) {
                String host = id + ".un-nom-de-serveur-vraiment-tres-long-et-sans-fin.social.example";
                TOWN.server()
                        .bean(JdbcClient.class)
                        .sql("""
                                INSERT INTO fediverse_inbox (town_id, id, address, host, shared, failing_since, failed_at,
                                  failure, failure_status, failure_until, aside_at)
                                VALUES (%d, %d, 'https://%s/inbox', '%s', 1, %s, %s, %s)
                                """.formatted(TOWN.town().id().value(), id, host, host, since, since, reason))
                        .update();
                id++;
            }
        });
    }

    /** Every state that they show, without a script, on a narrow screen, and for everybody. */
    @Test
    void thePagesAreForEverybodyAndNothingSticksOutOnANarrowScreen() throws Exception {
        Theme theme = opened("vie_associative_et_culturelle");
        opened("petite_enfance");
        does("petite_enfance", "suspension");
        TOWN.theme("Commerces");
        NoticeId notice = TOWN.publishes("Le forum des associations se tient sur la place", "Samedi.", theme);
        ADMINISTRATOR.get("/studio/avis/" + notice.ref());
        ADMINISTRATOR.post("/studio/avis/" + notice.ref() + "/epingle");
        asksForLeave("quelqu_un_dont_le_nom_ne_tient_pas_sur_une_ligne_etroite");
        String address = post(
                "/notes/8",
                "prefecture_de_la_region_ile_de_france",
                "Crue de la rivière : https://a.example/une/tres/longue/adresse/sans/la/moindre/coupure/possible/ni/fin",
                PUBLIC);
        assertThat(reposts(address, seen(looksAt(address))).statusCode()).isEqualTo(302);
        servers();
        try (Browsers browsers = Browsers.lean()) {
            Page page = browsers.browser()
                    .newContext(
                            new Browser.NewContextOptions().setLocale("fr-FR").setJavaScriptEnabled(true))
                    .newPage();
            page.navigate(here("/studio/connexion"));
            page.locator("input[name=email]").fill("jeanne1@clairval.example");
            page.locator("input[name=password]").fill(FediverseTown.PASSWORD);
            page.locator("input[name=password]").press("Enter");
            page.waitForURL(url -> !url.contains("/connexion"));
            for (String path : List.of(
                    "/studio/fediverse",
                    "/studio/fediverse/serveurs",
                    "/studio/fediverse/serveurs?etat=ecartes",
                    "/studio/avis/" + notice.ref(),
                    "/@ville",
                    "/en/@ville",
                    "/@vie_associative_et_culturelle",
                    "/@petite_enfance")) {
                page.navigate(here(path));
                isForEverybody(page, path);
            }
            page.navigate(here("/studio/fediverse"));
            page.locator("input[name=adresse]").fill(address);
            page.locator("form[action$=apercu] button").click();
            page.locator("input[name=vu]")
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            isForEverybody(page, "repost");
        } finally {
            ADMINISTRATOR.get("/studio/fediverse");
            ADMINISTRATOR.post("/studio/fediverse/epingles/" + notice.ref() + "/retrait");
            assertThat(studio(ADMINISTRATOR, "/studio/fediverse/demandes/comptes")
                            .statusCode())
                    .isEqualTo(302);
            TOWN.written("DELETE FROM fediverse_inbox WHERE id < 20");
        }
    }

    private void asksForLeave(String who) throws Exception {
        assertThat(studio(ADMINISTRATOR, "/studio/fediverse/demandes/comptes", "compte", "ville")
                        .statusCode())
                .isEqualTo(302);
        assertThat(asks("Follow", who, '"' + VILLE.toString() + '"').statusCode())
                .isEqualTo(202);
        assertThat(page(ADMINISTRATOR).select("section[aria-labelledby=demandes] li"))
                .hasSize(1);
    }

    private static Document page(StudioClient client) {
        return Jsoup.parse(client.get("/studio/fediverse").body());
    }

    private static String here(String path) {
        return TOWN.server().url(TOWN.town().slug(), path).toString();
    }

    private static void isForEverybody(Page page, String what) {
        page.locator("main details.more > summary").all().forEach(summary -> summary.click());
        for (int width : List.of(1280, 360)) {
            page.setViewportSize(width, 800);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                assertThat(Accessibility.broken(page))
                        .as("%s, %s, %d", what, scheme, width)
                        .isEmpty();
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("%s at %d", what, width)
                    .isEqualTo(width);
        }
    }
}
