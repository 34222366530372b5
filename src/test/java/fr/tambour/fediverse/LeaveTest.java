package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.ThemeAccounts;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
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

/** What others may do with the town's leave alone: following an account that approves, reading behind a gate, quoting. */
class LeaveTest {

    private static final FediverseTown TOWN = new FediverseTown(Dialect.SQLITE);
    private static final URI VILLE = TOWN.url("/@ville");
    private static final StudioClient ADMINISTRATOR = TOWN.signedIn(Role.ADMINISTRATOR);
    private static final Actor MODERATOR = TOWN.colleague("mina@clairval.example", Role.MODERATOR);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Stranger stranger = new Stranger();
    private int asked;

    LeaveTest() throws IOException {}

    @AfterEach
    void leave() {
        approve();
        gate(false);
        stranger.close();
    }

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private static HttpResponse<String> studio(StudioClient client, String path, String... fields) {
        client.get("/studio/fediverse");
        return client.post("/studio/fediverse" + path, fields);
    }

    private static Document desk() {
        return Jsoup.parse(ADMINISTRATOR.get("/studio/fediverse").body());
    }

    private String activity(String type, String who, URI id, String object) {
        return """
                {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"%s","actor":"%s","object":%s}
                """.formatted(id, type, stranger.at("/" + who), object);
    }

    private void sends(String who, String activity) throws Exception {
        stranger.account(who);
        assertThat(stranger.sends(TOWN.url("/fediverse/inbox"), who, activity).statusCode())
                .isEqualTo(202);
    }

    private String follow(String who, URI whom) {
        return activity("Follow", who, stranger.at("/" + who + "#follow"), '"' + whom.toString() + '"');
    }

    private void asks(String who) throws Exception {
        sends(who, follow(who, VILLE));
    }

    private List<JsonNode> received(String type) {
        return stranger.received().stream()
                .map(body -> JsonMapper.shared().readTree(body))
                .filter(activity -> activity.path("type").asString().equals(type))
                .toList();
    }

    /** Which accounts approve: these alone. */
    private static void approve(String... names) {
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            fields.addAll(List.of("compte", name));
        }
        assertThat(studio(ADMINISTRATOR, "/demandes/comptes", fields.toArray(String[]::new))
                        .statusCode())
                .isEqualTo(302);
    }

    private static long followers() {
        return TOWN.server()
                .bean(FollowerCount.class)
                .of(TOWN.server().bean(Actors.class).of(TOWN.town()));
    }

    private Element request(String who) {
        return desk().select("section[aria-labelledby=demandes] .accounts__one").stream()
                .filter(one ->
                        one.text().contains("@" + who + "@" + stranger.at("/").getRawAuthority()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> waiting() {
        return desk().select("section[aria-labelledby=demandes] .accounts__one h3")
                .eachText();
    }

    private HttpResponse<String> decides(String who, String step) {
        String action = request(who).select("form[action$=" + step + "]").attr("action");
        return ADMINISTRATOR.post(action);
    }

    @Test
    void whoAsksAnAccountThatApprovesWaitsIsToldNothingAndFollowsOnceSomebodyLetsThem() throws Exception {
        long before = followers();
        approve("ville");
        assertThat(TOWN.json("/@ville").path("manuallyApprovesFollowers").asBoolean())
                .isTrue();
        assertThat(Jsoup.parse(TOWN.get("/@ville", "text/html").body()).text())
                .contains("votre abonnement attend son accord");

        asks("alice");
        asks("bob");
        TOWN.publishes("Le bal", "Samedi.");

        assertThat(followers()).isEqualTo(before);
        assertThat(request("alice").text())
                .contains("@ville@", stranger.at("/").getRawAuthority())
                .contains("Demande à suivre");
        assertThat(stranger.received()).as("who waits is told nothing").isEmpty();

        assertThat(decides("alice", "/accord").statusCode()).isEqualTo(302);
        assertThat(decides("bob", "/refus").statusCode()).isEqualTo(302);

        Await.until(() -> received("Accept").size() == 1 && received("Reject").size() == 1);
        assertThat(received("Accept").getFirst().path("object").path("id").asString())
                .isEqualTo(stranger.at("/alice#follow").toString());
        assertThat(received("Reject").getFirst().path("object").path("actor").asString())
                .isEqualTo(stranger.at("/bob").toString());
        assertThat(followers()).isEqualTo(before + 1);
        assertThat(waiting()).isEmpty();
        TOWN.publishes("Le marché", "Mardi.");
        Await.until(() -> !received("Create").isEmpty());
        assertThat(stranger.asked().stream().filter("POST /alice/inbox"::equals).count())
                .isGreaterThanOrEqualTo(2);
        // Who follows already need not wait again, whatever their server asks by itself.
        asks("alice");
        Await.until(() -> received("Accept").size() == 2);
        String journal = ADMINISTRATOR.get("/studio/journal").body();
        assertThat(journal).contains("Demande d’abonnement acceptée", "l’accord est demandé avant de suivre");
        assertThat(Jsoup.parse(journal).text()).as("who it was").doesNotContain("alice@");
    }

    @Test
    void leaveWasGivenToOneAccountAndNotToWhereItMoves() throws Exception {
        long before = followers();
        sends("olga", follow("olga", VILLE));
        Await.until(() -> followers() == before + 1);
        approve("ville");
        String olga = stranger.at("/olga").toString();
        stranger.shows(
                "/olga2",
                stranger.account("olga2")
                        .replace("\"type\":\"Person\"", "\"type\":\"Person\",\"alsoKnownAs\":[\"" + olga + "\"]"));

        sends(
                "olga",
                activity(
                        "Move",
                        "olga",
                        stranger.at("/olga#move"),
                        "\"%s\",\"target\":\"%s\"".formatted(olga, stranger.at("/olga2"))));
        Await.until(() -> stranger.asked().contains("GET /olga2"));
        asks("olga2");

        Await.until(() -> waiting().size() == 1);
        assertThat(followers()).isEqualTo(before + 1);
    }

    @Test
    void whoTakesItBackIsGoneOrIsBlockedWaitsNoMore() throws Exception {
        approve("ville");
        asks("carol");
        asks("dave");
        asks("erin");
        asks("frank");
        assertThat(waiting()).hasSize(4);

        sends("carol", activity("Undo", "carol", stranger.at("/carol#undo"), follow("carol", VILLE)));
        sends("dave", activity("Undo", "dave", stranger.at("/dave#undo"), "\"" + stranger.at("/dave#follow") + "\""));
        sends("erin", activity("Delete", "erin", stranger.at("/erin#delete"), "\"" + stranger.at("/erin") + "\""));
        assertThat(waiting()).singleElement().asString().contains("frank");

        blocks("frank");
        assertThat(waiting()).isEmpty();
        Await.until(() -> received("Reject").size() == 1);
        asks("frank");
        assertThat(waiting()).as("who is blocked").isEmpty();
        assertThat(received("Accept")).isEmpty();
    }

    /** They have to have said something first. */
    private void blocks(String who) throws Exception {
        blocks(who, Scope.AUTHOR);
    }

    private void blocks(String who, Scope scope) throws Exception {
        String note = """
                {"id":"%1$s","type":"Note","attributedTo":"%2$s","content":"<p>Bonjour</p>","to":["%3$s"]}
                """.formatted(stranger.at("/" + who + "/note"), stranger.at("/" + who), VILLE);
        sends(who, activity("Create", who, stranger.at("/" + who + "/note#create"), note));
        long message = TOWN.server()
                .bean(JdbcClient.class)
                .sql("SELECT MAX(id) FROM conversation_message")
                .query(Long.class)
                .single();
        TOWN.server().bean(ModerationDesk.class).block(MODERATOR, message, scope);
    }

    @Test
    void nobodyIsDecidedAboutTwiceAndOnlyByWhoMay() throws Exception {
        approve("ville");
        asks("gina");
        String accept = request("gina").select("form[action$=/accord]").attr("action");
        StudioClient author = TOWN.signedIn(Role.AUTHOR);
        author.get("/studio/fediverse");
        assertThat(author.post(accept).statusCode()).isEqualTo(403);
        assertThat(author.get("/studio/fediverse").body()).as("who asks").doesNotContain("gina");
        StudioClient moderator = TOWN.signedIn(Role.MODERATOR);
        assertThat(moderator.get("/studio/fediverse").body()).contains("gina");
        assertThat(moderator.post("/studio/fediverse/demandes/comptes").statusCode())
                .isEqualTo(403);

        assertThat(moderator.post(accept).statusCode()).isEqualTo(302);

        HttpResponse<String> late = ADMINISTRATOR.post(accept);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("n’attend plus");
        sends("gina", activity("Undo", "gina", stranger.at("/gina#undo"), follow("gina", VILLE)));
    }

    @Test
    void oneAccountApprovesWhileAnotherDoesNotAndWhoWaitsForOneThatStopsWaitsOn() throws Exception {
        ThemeAccounts accounts = TOWN.server().bean(ThemeAccounts.class);
        accounts.open(TOWN.town(), TOWN.theme("Jeunesse").id(), "jeunesse", 0);
        approve("jeunesse");
        assertThat(TOWN.json("/@jeunesse").path("manuallyApprovesFollowers").asBoolean())
                .isTrue();
        sends("luc", follow("luc", TOWN.url("/@jeunesse")));
        asks("luc");
        Await.until(() -> received("Accept").size() == 1);
        assertThat(received("Accept").getFirst().path("actor").asString()).isEqualTo(VILLE.toString());
        assertThat(request("luc").text()).contains("@jeunesse@");
        String accept = request("luc").select("form[action$=/accord]").attr("action");

        accounts.stop(TOWN.town(), "jeunesse", 0);

        assertThat(request("luc").select("form[action$=/accord]")).isEmpty();
        assertThat(ADMINISTRATOR.post(accept).statusCode()).isEqualTo(409);
        assertThat(waiting()).hasSize(1);
        accounts.resume(TOWN.town(), "jeunesse", 0);
        assertThat(decides("luc", "/accord").statusCode()).isEqualTo(302);
        Await.until(() -> received("Accept").size() == 2);
        assertThat(received("Accept").getLast().path("actor").asString())
                .isEqualTo(TOWN.url("/@jeunesse").toString());
        sends("mia", follow("mia", TOWN.url("/@jeunesse")));
        assertThat(waiting()).hasSize(1);
        accounts.stop(TOWN.town(), "jeunesse", 0);
        accounts.close(TOWN.town(), "jeunesse", 0);
        assertThat(waiting()).as("for one that is no more").isEmpty();
    }

    @Test
    void whoWaitsWhenAnAccountStopsApprovingIsLetInByItself() throws Exception {
        long before = followers();
        approve("ville");
        asks("hans");
        asks("ida");

        approve();

        Await.until(() -> followers() == before + 2 && received("Accept").size() == 2);
        assertThat(waiting()).isEmpty();
        assertThat(TOWN.json("/@ville").path("manuallyApprovesFollowers").asBoolean())
                .isFalse();
    }

    private static void gate(boolean on) {
        String[] fields = on ? new String[] {"signee", "true"} : new String[0];
        assertThat(studio(ADMINISTRATOR, "/lecture", fields).statusCode()).isEqualTo(302);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return String.join(", ", answer.headers().allValues(name));
    }

    private static JsonNode read(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void behindTheGateOnlyWhoSignsReadsAndPeopleReadAsBefore() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi, sur la place.");
        URI note = TOWN.url("/avis/" + bal.ref());
        stranger.account("reader");
        for (int i = 0; i < 2; i++) {
            assertThat(TOWN.get(note.getPath(), FediverseTown.ACTIVITY).statusCode())
                    .as("in memory")
                    .isEqualTo(200);
            assertThat(TOWN.json("/@ville").path("name").asString()).isEqualTo("Ville de Clairval");
        }

        gate(true);

        for (int i = 0; i < 2; i++) {
            for (String path : List.of(
                    note.getPath(),
                    note.getPath() + "/le-bal",
                    note.getPath() + "/fil/2",
                    note.getPath() + "/fediverse/evenement",
                    "/@ville/evenements",
                    "/@ville/outbox",
                    "/@ville/followers",
                    "/@ville/following",
                    "/@ville/featured")) {
                HttpResponse<String> unsigned = TOWN.get(path, FediverseTown.ACTIVITY);
                assertThat(unsigned.statusCode()).as(path).isEqualTo(401);
                assertThat(unsigned.body())
                        .contains("\"code\":\"fediverse.signature-wanted\"")
                        .doesNotContain("Samedi");
                assertThat(header(unsigned, "cache-control")).contains("no-store");
            }
            HttpResponse<String> signed = stranger.reads(note, "reader");
            assertThat(read(signed).path("content").asString()).contains("Samedi, sur la place.");
            assertThat(header(signed, "cache-control"))
                    .contains("no-store", "private")
                    .doesNotContain("max-age");
            assertThat(header(signed, "vary")).contains("Accept", "Signature");
        }
        assertThat(read(stranger.readsByMessageSignature(note, "reader"))
                        .path("id")
                        .asString())
                .isEqualTo(note.toString());
        assertThat(read(stranger.reads(TOWN.url("/@ville/outbox"), "reader"))
                        .path("orderedItems")
                        .size())
                .isPositive();

        assertThat(TOWN.get(note.getPath() + "/le-bal", "text/html").body()).contains("Samedi");
        assertThat(TOWN.get("/@ville", "text/html").body()).contains("Le bal");
        gate(false);
        assertThat(TOWN.json(note.getPath()).path("content").asString()).contains("Samedi");
    }

    @Test
    void whoVerifiesASignatureOfOursReadsItsKeyWithoutSigning() throws Exception {
        JsonNode whole = TOWN.json("/@ville");
        gate(true);

        HttpResponse<String> unsigned = TOWN.get("/@ville", FediverseTown.ACTIVITY);

        JsonNode key = read(unsigned);
        assertThat(key.path("publicKey")).isEqualTo(whole.path("publicKey"));
        assertThat(key.path("inbox")).isEqualTo(whole.path("inbox"));
        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder(
                        "@context", "id", "type", "preferredUsername", "inbox", "endpoints", "publicKey");
        assertThat(header(unsigned, "cache-control")).contains("no-store", "private");
        stranger.account("reader");
        assertThat(read(stranger.reads(VILLE, "reader"))).isEqualTo(whole);
        for (String open : List.of(
                "/fediverse/instance",
                "/.well-known/webfinger?resource=" + VILLE,
                "/.well-known/host-meta",
                "/.well-known/nodeinfo",
                "/nodeinfo/2.1")) {
            assertThat(TOWN.get(open, "application/activity+json, */*").statusCode())
                    .as(open)
                    .isEqualTo(200);
        }
    }

    @Test
    void whoSignsWithAnothersKeyOrIsBlockedDoesNotRead() throws Exception {
        URI note = TOWN.url("/avis/" + TOWN.publishes("Le bal", "Samedi.").ref());
        stranger.account("mallory");
        gate(true);
        assertThat(stranger.reads(note, "mallory").statusCode()).isEqualTo(200);

        stranger.changesItsKeys();
        assertThat(stranger.reads(note, "mallory").statusCode())
                .as("signed with a key that does not stand there")
                .isEqualTo(401);
        assertThat(stranger.reads(note, "nobody").statusCode())
                .as("by nobody who is there")
                .isEqualTo(401);
        stranger.account("oscar");
        assertThat(stranger.reads(note, "oscar").statusCode()).isEqualTo(200);

        blocks("oscar");

        HttpResponse<String> blocked = stranger.reads(note, "oscar");
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("fediverse.reader-blocked");
        assertThat(stranger.reads(VILLE, "oscar").statusCode()).isEqualTo(403);
    }

    /** Each of them asks the other for its key before it answers. */
    @Test
    void twoServersThatAreBothGatedDoNotWaitForEachOther() throws Exception {
        long before = followers();
        gate(true);
        stranger.isGated();

        asks("judy");

        Await.until(() -> !received("Accept").isEmpty());
        assertThat(followers()).isEqualTo(before + 1);
        assertThat(read(stranger.reads(TOWN.url("/@ville/outbox"), "judy"))
                        .path("type")
                        .asString())
                .isEqualTo("OrderedCollection");
    }

    /** As the FEP describes it, with what quotes, or with its name alone. */
    private String quoteRequest(String who, URI quoted, String instrument) {
        return """
                {"@context":["https://www.w3.org/ns/activitystreams",{"QuoteRequest":"https://w3id.org/fep/044f#QuoteRequest",
                  "quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"}}],
                 "id":"%1$s/quote","type":"QuoteRequest","actor":"%2$s","object":"%3$s","instrument":%4$s}
                """.formatted(stranger.at("/" + who + "/1"), stranger.at("/" + who), quoted, instrument);
    }

    private String quoting(String who, String author, URI quoted) {
        return """
                {"id":"%1$s","type":"Note","attributedTo":"%2$s","to":["https://www.w3.org/ns/activitystreams#Public"],
                 "content":"<p>À lire !</p>","quote":"%3$s"}
                """.formatted(stranger.at("/" + who + "/1"), stranger.at("/" + author), quoted);
    }

    private static URI note(NoticeId id) {
        return TOWN.url("/avis/" + id.ref());
    }

    @Test
    void whoAsksMayQuoteANoticeUntilItIsWithdrawn() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        JsonNode policy =
                TOWN.json(note(bal).getPath()).path("interactionPolicy").path("canQuote");
        assertThat(policy.path("automaticApproval").get(0).asString())
                .isEqualTo("https://www.w3.org/ns/activitystreams#Public");

        sends("kim", quoteRequest("kim", note(bal), quoting("kim", "kim", note(bal))));

        Await.until(() -> !received("Accept").isEmpty());
        JsonNode accept = received("Accept").getFirst();
        assertThat(accept.path("actor").asString()).isEqualTo(VILLE.toString());
        assertThat(accept.path("object").path("type").asString()).isEqualTo("QuoteRequest");
        assertThat(accept.path("object").path("id").asString())
                .isEqualTo(stranger.at("/kim/1/quote").toString());
        assertThat(accept.path("object").path("instrument").asString())
                .isEqualTo(stranger.at("/kim/1").toString());
        URI stamp = URI.create(accept.path("result").asString());
        JsonNode shown = TOWN.json(stamp.getPath());
        assertThat(shown.path("id").asString()).isEqualTo(stamp.toString());
        assertThat(shown.path("type").asString()).isEqualTo("QuoteAuthorization");
        assertThat(shown.path("attributedTo").asString()).isEqualTo(VILLE.toString());
        assertThat(shown.path("interactingObject").asString())
                .isEqualTo(stranger.at("/kim/1").toString());
        assertThat(shown.path("interactionTarget").asString())
                .isEqualTo(note(bal).toString());
        assertThat(TOWN.get(stamp.getPath(), "text/html").headers().firstValue("location"))
                .hasValue("/avis/" + bal.ref());

        sends("kim", quoteRequest("kim", note(bal), "\"" + stranger.at("/kim/1") + "\""));
        Await.until(() -> received("Accept").size() == 2);
        assertThat(received("Accept").getLast().path("result").asString())
                .as("the same, however often it is asked for")
                .isEqualTo(stamp.toString());

        TOWN.withdraws(bal, "Il pleut.");

        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(410);
        Await.until(() -> !received("Delete").isEmpty());
        JsonNode delete = received("Delete").getFirst();
        assertThat(delete.path("object").asString()).isEqualTo(stamp.toString());
        assertThat(delete.path("actor").asString()).isEqualTo(VILLE.toString());
        assertThat(delete.path("to").toString()).contains(stranger.at("/kim").toString());
        sends("kim", quoteRequest("kim", note(bal), quoting("kim", "kim", note(bal))));
        Await.until(() -> !received("Reject").isEmpty());
        assertThat(received("Reject").getFirst().path("object").path("object").asString())
                .isEqualTo(note(bal).toString());
    }

    private void written(String sql) {
        new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> TOWN.server()
                        .bean(JdbcClient.class)
                        .sql(sql)
                        .param("town", TOWN.town().id().value())
                        .param("host", stranger.at("/").getRawAuthority())
                        .update());
    }

    /** So much that nothing more may; none of it is due while the test lasts. */
    private void muchWaitsForTheirServer() {
        written("""
                INSERT INTO fediverse_letter (town_id, id, address, host, body, attempts, written_at, due_at)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                SELECT :town, i, 'http://' || :host || '/before', :host, '{"n":' || i || '}', 0, 0, 9000000000000 FROM n
                """);
    }

    private void itIsGone() {
        written("DELETE FROM fediverse_letter WHERE town_id = :town AND host = :host AND id <= 1000");
    }

    @Test
    void nobodyIsLetInNorMayQuoteWhoCouldNotBeToldAndNothingIsLostOfWhatTheyAsked() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        long before = followers();
        approve("ville");
        asks("wanda");
        asks("xavier");
        muchWaitsForTheirServer();

        HttpResponse<String> full = decides("wanda", "/accord");
        assertThat(full.statusCode()).isEqualTo(409);
        assertThat(full.body()).contains("Trop de réponses attendent déjà ce serveur");
        assertThat(decides("xavier", "/refus").statusCode()).isEqualTo(409);
        assertThat(waiting()).hasSize(2);
        approve();
        // Whoever is elsewhere is let in by itself all the same.
        try (Stranger elsewhere = new Stranger()) {
            approve("ville");
            elsewhere.account("yves");
            elsewhere.sends(
                    TOWN.url("/fediverse/inbox"),
                    "yves",
                    follow("yves", VILLE)
                            .replace(
                                    stranger.at("/").toString(),
                                    elsewhere.at("/").toString()));
            approve();
            Await.until(() -> followers() == before + 1);
        }
        assertThat(waiting()).hasSize(2);
        stranger.account("zelda");
        HttpResponse<String> quote = stranger.sends(
                TOWN.url("/fediverse/inbox"),
                "zelda",
                quoteRequest("zelda", note(bal), quoting("zelda", "zelda", note(bal))));
        assertThat(quote.statusCode()).isEqualTo(503);
        assertThat(quote.headers().firstValue("retry-after")).isPresent();

        itIsGone();

        Await.until(() -> followers() == before + 3 && received("Accept").size() == 2);
        sends("zelda", quoteRequest("zelda", note(bal), quoting("zelda", "zelda", note(bal))));
        Await.until(() -> received("Accept").size() == 3);

        // What takes leave away has room whatever waits.
        muchWaitsForTheirServer();
        TOWN.withdraws(bal, "Il pleut.");
        blocks("wanda");
        Await.until(() -> !received("Delete").isEmpty() && !received("Reject").isEmpty());
        itIsGone();
    }

    @Test
    void whatIsNoNoticeAndWhatSomebodyElseWroteIsNotGranted() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        sends("lea", quoteRequest("lea", TOWN.url("/avis/0000000000000"), "\"" + stranger.at("/lea/1") + "\""));
        Await.until(() -> received("Reject").size() == 1);

        sends("max", quoteRequest("max", note(bal), quoting("max", "lea", note(bal))));
        Await.until(() -> received("Reject").size() == 2);
        sends("nina", quoteRequest("nina", note(bal), "\"https://elsewhere.example/1\""));
        Await.until(() -> received("Reject").size() == 3);
        // What is somebody else's to grant is none of the town's business.
        sends(
                "olaf",
                quoteRequest("olaf", URI.create("https://elsewhere.example/2"), "\"" + stranger.at("/olaf/1") + "\""));

        assertThat(received("Accept")).isEmpty();
        assertThat(stranger.asked()).doesNotContain("GET /olaf");
    }

    /** A request that only names what quotes says nothing of whose it is: its server does. */
    @Test
    void whoNamesWhatSomebodyElseOfTheirServerWroteMayNotQuoteByIt() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        stranger.shows("/tom/1", quoting("tom", "ugo", note(bal)));
        sends("tom", quoteRequest("tom", note(bal), "\"" + stranger.at("/tom/1") + "\""));
        Await.until(() -> received("Reject").size() == 1);

        stranger.shows("/ugo/1", quoting("ugo", "ugo", note(bal)));
        sends("ugo", quoteRequest("ugo", note(bal), "\"" + stranger.at("/ugo/1") + "\""));
        Await.until(() -> received("Accept").size() == 1);
        sends("tom", quoteRequest("tom", note(bal), "\"" + stranger.at("/ugo/1") + "\""));
        Await.until(() -> received("Reject").size() == 2);
        sends("tom", quoteRequest("tom", note(bal), quoting("ugo", "tom", note(bal))));
        Await.until(() -> received("Reject").size() == 3);
        assertThat(received("Accept")).hasSize(1);

        stranger.answers("/vera/1", 503);
        stranger.account("vera");
        assertThat(stranger.sends(
                                TOWN.url("/fediverse/inbox"),
                                "vera",
                                quoteRequest("vera", note(bal), "\"" + stranger.at("/vera/1") + "\""))
                        .statusCode())
                .as("nobody can say for now")
                .isEqualTo(503);
    }

    @Test
    void ofAServerThatIsBlockedNobodyWaitsAndNobodyQuotesAnyMore() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        approve("ville");
        asks("walt");
        asks("xena");
        sends("yves", quoteRequest("yves", note(bal), quoting("yves", "yves", note(bal))));
        Await.until(() -> received("Accept").size() == 1);
        URI stamp = URI.create(received("Accept").getFirst().path("result").asString());
        assertThat(waiting()).hasSize(2);

        blocks("yves", Scope.HOST);
        try {
            assertThat(waiting()).isEmpty();
            assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                    .isEqualTo(410);
            Await.until(() -> !received("Delete").isEmpty());
            assertThat(received("Delete").getFirst().path("object").asString())
                    .as("that the leave holds no more they are told")
                    .isEqualTo(stamp.toString());
            asks("walt");
            sends("yves", quoteRequest("yves", note(bal), quoting("yves", "yves", note(bal))));
            assertThat(waiting()).isEmpty();
            assertThat(received("Accept")).hasSize(1);
            assertThat(received("Reject")).as("who waited is told nothing").isEmpty();
        } finally {
            unblocks();
        }
        asks("walt");
        Await.until(() -> waiting().size() == 1);
        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .as("what was revoked stays so")
                .isEqualTo(410);
    }

    private static void unblocks() {
        TransactionTemplate reading = new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class));
        reading.execute(status ->
                        TOWN.server().bean(Guard.class).servers(TOWN.town().id()))
                .forEach(block -> TOWN.server().bean(ModerationDesk.class).lift(MODERATOR, block.id()));
    }

    @Test
    void whoIsBlockedQuotesNoMoreAndWhoTakesTheirPostBackIsForgotten() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        sends("paul", quoteRequest("paul", note(bal), quoting("paul", "paul", note(bal))));
        sends("rita", quoteRequest("rita", note(bal), quoting("rita", "rita", note(bal))));
        Await.until(() -> received("Accept").size() == 2);
        String ofPaul = received("Accept").getFirst().path("result").asString();
        String ofRita = received("Accept").getLast().path("result").asString();

        blocks("paul");

        Await.until(() -> !received("Delete").isEmpty());
        assertThat(received("Delete").getFirst().path("object").asString()).isEqualTo(ofPaul);
        assertThat(TOWN.get(URI.create(ofPaul).getPath(), FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(410);
        sends("paul", quoteRequest("paul", note(bal), quoting("paul", "paul", note(bal))));
        Await.until(() -> !received("Reject").isEmpty());
        assertThat(TOWN.json(URI.create(ofRita).getPath()).path("type").asString())
                .isEqualTo("QuoteAuthorization");

        sends("rita", activity("Delete", "rita", stranger.at("/rita/1#delete"), "\"" + stranger.at("/rita/1") + "\""));

        assertThat(TOWN.get(URI.create(ofRita).getPath(), FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anAccountThatTheTownHadBeforeIsNamedOnceItsServerSaysThatItIsThere() throws Exception {
        stranger.account("ancienne");
        String before = stranger.at("/ancienne").toString();

        assertThat(studio(ADMINISTRATOR, "/anciens", "ancien", before).statusCode())
                .isEqualTo(302);

        assertThat(TOWN.json("/@ville").path("alsoKnownAs").get(0).asString()).isEqualTo(before);
        assertThat(desk().select("section[aria-labelledby=anciens] li").text()).contains(before);
        HttpResponse<String> none = studio(
                ADMINISTRATOR, "/anciens", "ancien", stranger.at("/nobody").toString());
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(none.body())
                        .select("input[name=ancien][maxlength]")
                        .val())
                .as("what was typed is not lost")
                .isEqualTo(stranger.at("/nobody").toString());
        assertThat(studio(ADMINISTRATOR, "/anciens", "ancien", VILLE.toString()).statusCode())
                .as("one of ours")
                .isEqualTo(422);
        assertThat(studio(ADMINISTRATOR, "/anciens", "ancien", "n’importe quoi").statusCode())
                .isEqualTo(422);
        assertThat(studio(TOWN.signedIn(Role.MODERATOR), "/anciens", "ancien", before)
                        .statusCode())
                .isEqualTo(403);

        assertThat(studio(ADMINISTRATOR, "/anciens/retrait", "ancien", before).statusCode())
                .isEqualTo(302);
        assertThat(TOWN.json("/@ville").path("alsoKnownAs").size()).isZero();
    }

    @Test
    void theOutboxSaysHowMuchThereIsBeyondWhatItLists() throws Exception {
        int before = TOWN.json("/@ville/outbox").path("totalItems").asInt();
        for (int i = 0; i < 22; i++) {
            TOWN.publishes("Avis " + i, "Lundi.");
        }

        JsonNode outbox = TOWN.json("/@ville/outbox");

        assertThat(outbox.path("orderedItems").size()).isEqualTo(20);
        assertThat(outbox.path("totalItems").asInt()).isEqualTo(before + 22);
    }
}
