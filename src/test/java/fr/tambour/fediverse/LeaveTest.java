package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.internal.AnswerDesk;
import fr.tambour.conversation.internal.Guard;
import fr.tambour.conversation.internal.Message;
import fr.tambour.conversation.internal.Messages;
import fr.tambour.conversation.internal.ModerationDesk;
import fr.tambour.fediverse.internal.Actors;
import fr.tambour.fediverse.internal.FollowRequests;
import fr.tambour.fediverse.internal.FollowerCount;
import fr.tambour.fediverse.internal.Pins;
import fr.tambour.fediverse.internal.ThemeAccounts;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.people.Actor;
import fr.tambour.people.Role;
import fr.tambour.people.StudioClient;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.town.Profile;
import fr.tambour.town.Theme;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
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
        // Whoever waits yet is let in a moment later, and is not to be counted in the next test.
        Await.until(
                () -> TOWN.server().bean(FollowRequests.class).count(TOWN.town().id()) == 0);
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

    private void sends(String who, String activity) throws Exception {
        stranger.account(who);
        assertThat(stranger.sends(TOWN.url("/fediverse/inbox"), who, activity).statusCode())
                .isEqualTo(202);
    }

    private String follow(String who, URI whom) {
        return stranger.activity("Follow", who, stranger.at("/" + who + "#follow"), '"' + whom.toString() + '"');
    }

    private void asks(String who) throws Exception {
        sends(who, follow(who, VILLE));
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
                .filter(one -> one.text().contains("@" + who + "@" + stranger.host()))
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
        assertThat(request("alice").text()).contains("@ville@", stranger.host()).contains("Demande à suivre");
        assertThat(stranger.received()).as("who waits is told nothing").isEmpty();

        assertThat(decides("alice", "/accord").statusCode()).isEqualTo(302);
        assertThat(decides("bob", "/refus").statusCode()).isEqualTo(302);

        Await.until(() -> stranger.received("Accept").size() == 1
                && stranger.received("Reject").size() == 1);
        assertThat(stranger.received("Accept")
                        .getFirst()
                        .path("object")
                        .path("id")
                        .asString())
                .isEqualTo(stranger.at("/alice#follow").toString());
        assertThat(stranger.received("Reject")
                        .getFirst()
                        .path("object")
                        .path("actor")
                        .asString())
                .isEqualTo(stranger.at("/bob").toString());
        assertThat(followers()).isEqualTo(before + 1);
        assertThat(waiting()).isEmpty();
        TOWN.publishes("Le marché", "Mardi.");
        Await.until(() -> !stranger.received("Create").isEmpty());
        assertThat(stranger.asked().stream().filter("POST /alice/inbox"::equals).count())
                .isGreaterThanOrEqualTo(2);
        // Who follows already need not wait again, whatever their server asks by itself.
        asks("alice");
        Await.until(() -> stranger.received("Accept").size() == 2);
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
                stranger.activity(
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

        sends("carol", stranger.activity("Undo", "carol", stranger.at("/carol#undo"), follow("carol", VILLE)));
        sends(
                "dave",
                stranger.activity(
                        "Undo", "dave", stranger.at("/dave#undo"), "\"" + stranger.at("/dave#follow") + "\""));
        sends(
                "erin",
                stranger.activity("Delete", "erin", stranger.at("/erin#delete"), "\"" + stranger.at("/erin") + "\""));
        assertThat(waiting()).singleElement().asString().contains("frank");

        blocks("frank");
        assertThat(waiting()).isEmpty();
        Await.until(() -> stranger.received("Reject").size() == 1);
        asks("frank");
        assertThat(waiting()).as("who is blocked").isEmpty();
        assertThat(stranger.received("Accept")).isEmpty();
    }

    /** They have to have said something first. */
    private void blocks(String who) throws Exception {
        blocks(who, Scope.AUTHOR);
    }

    private void blocks(String who, Scope scope) throws Exception {
        String note = """
                {"id":"%1$s","type":"Note","attributedTo":"%2$s","content":"<p>Bonjour</p>","to":["%3$s"]}
                """.formatted(stranger.at("/" + who + "/note"), stranger.at("/" + who), VILLE);
        sends(who, stranger.activity("Create", who, stranger.at("/" + who + "/note#create"), note));
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
        sends("gina", stranger.activity("Undo", "gina", stranger.at("/gina#undo"), follow("gina", VILLE)));
    }

    @Test
    void oneAccountApprovesWhileAnotherDoesNotAndWhoWaitsForOneThatStopsWaitsOn() throws Exception {
        ThemeAccounts accounts = TOWN.server().bean(ThemeAccounts.class);
        accounts.open(TOWN.town(), TOWN.theme("Culture").id(), "culture", 0);
        approve("culture");
        assertThat(TOWN.json("/@culture").path("manuallyApprovesFollowers").asBoolean())
                .isTrue();
        sends("luc", follow("luc", TOWN.url("/@culture")));
        asks("luc");
        Await.until(() -> stranger.received("Accept").size() == 1);
        assertThat(stranger.received("Accept").getFirst().path("actor").asString())
                .isEqualTo(VILLE.toString());
        assertThat(request("luc").text()).contains("@culture@");
        String accept = request("luc").select("form[action$=/accord]").attr("action");

        accounts.stop(TOWN.town(), "culture", 0);

        assertThat(request("luc").select("form[action$=/accord]")).isEmpty();
        assertThat(ADMINISTRATOR.post(accept).statusCode()).isEqualTo(409);
        assertThat(waiting()).hasSize(1);
        accounts.resume(TOWN.town(), "culture", 0);
        assertThat(decides("luc", "/accord").statusCode()).isEqualTo(302);
        Await.until(() -> stranger.received("Accept").size() == 2);
        assertThat(stranger.received("Accept").getLast().path("actor").asString())
                .isEqualTo(TOWN.url("/@culture").toString());
        sends("mia", follow("mia", TOWN.url("/@culture")));
        assertThat(waiting()).hasSize(1);
        accounts.stop(TOWN.town(), "culture", 0);
        accounts.close(TOWN.town(), "culture", 0);
        assertThat(waiting()).as("for one that is no more").isEmpty();
    }

    @Test
    void whoWaitsWhenAnAccountStopsApprovingIsLetInByItself() throws Exception {
        long before = followers();
        approve("ville");
        asks("hans");
        asks("ida");

        approve();

        Await.until(
                () -> followers() == before + 2 && stranger.received("Accept").size() == 2);
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
                "/fediverse/instance/outbox",
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
        gate(true);
        stranger.isGated();

        asks("judy");

        Await.until(() -> !stranger.received("Accept").isEmpty());
        // Whoever waited still, of another test, may be let in meanwhile.
        assertThat(TOWN.server()
                        .bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM fediverse_follower WHERE remote = :remote")
                        .param("remote", stranger.at("/judy").toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
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

        Await.until(() -> !stranger.received("Accept").isEmpty());
        JsonNode accept = stranger.received("Accept").getFirst();
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
        Await.until(() -> stranger.received("Accept").size() == 2);
        assertThat(stranger.received("Accept").getLast().path("result").asString())
                .as("the same, however often it is asked for")
                .isEqualTo(stamp.toString());

        TOWN.withdraws(bal, "Il pleut.");

        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(410);
        Await.until(() -> !stranger.received("Delete").isEmpty());
        JsonNode delete = stranger.received("Delete").getFirst();
        assertThat(delete.path("object").asString()).isEqualTo(stamp.toString());
        assertThat(delete.path("actor").asString()).isEqualTo(VILLE.toString());
        assertThat(delete.path("to").toString()).contains(stranger.at("/kim").toString());
        sends("kim", quoteRequest("kim", note(bal), quoting("kim", "kim", note(bal))));
        Await.until(() -> !stranger.received("Reject").isEmpty());
        assertThat(stranger.received("Reject")
                        .getFirst()
                        .path("object")
                        .path("object")
                        .asString())
                .isEqualTo(note(bal).toString());
    }

    private URI stamp(String who) {
        return stranger.received("Accept").stream()
                .filter(accept -> accept.path("object")
                        .path("instrument")
                        .asString()
                        .equals(stranger.at("/" + who + "/1").toString()))
                .map(accept -> URI.create(accept.path("result").asString()))
                .findFirst()
                .orElseThrow();
    }

    private static Element quotes(StudioClient client, NoticeId notice) {
        return Jsoup.parse(client.get("/studio/fediverse/citations?avis=" + notice.ref())
                        .body())
                .body();
    }

    private Element quote(StudioClient client, NoticeId notice, String who) {
        return quotes(client, notice).select(".accounts__one").stream()
                .filter(one -> !one.select("a[href=" + stranger.at("/" + who + "/1") + "]")
                        .isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDeskSeesWhoQuotesANoticeAndTakesItsLeaveBackForGood() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        asks("gina");
        for (String who : List.of("hugo", "iris")) {
            sends(who, quoteRequest(who, note(bal), quoting(who, who, note(bal))));
        }
        Await.until(() -> stranger.received("Accept").size() == 3);
        URI stamp = stamp("hugo");

        assertThat(Jsoup.parse(ADMINISTRATOR.get("/studio/avis/" + bal.ref()).body())
                        .text())
                .contains("2 messages citent un avis");
        assertThat(quote(ADMINISTRATOR, bal, "hugo").text()).contains("@hugo@", "Le bal", "Retirer l’accord");
        StudioClient author = TOWN.signedIn(Role.AUTHOR);
        assertThat(quote(author, bal, "hugo").select("form")).isEmpty();
        String action = quote(ADMINISTRATOR, bal, "hugo").select("form").attr("action");
        assertThat(author.post(action).statusCode()).isEqualTo(403);
        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(200);

        assertThat(ADMINISTRATOR.post(action, "avis", bal.ref()).statusCode()).isEqualTo(302);

        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(410);
        Await.until(() -> stranger.received("Delete").size() == 2);
        assertThat(stranger.received("Delete"))
                .allSatisfy(
                        delete -> assertThat(delete.path("object").asString()).isEqualTo(stamp.toString()))
                .extracting(delete -> delete.path("to").toString().contains("/hugo"))
                .as("its author, and who follows the town")
                .containsExactlyInAnyOrder(true, false);
        assertThat(stranger.asked()).contains("POST /gina/inbox", "POST /hugo/inbox");
        assertThat(quotes(ADMINISTRATOR, bal).select(".accounts__one")).hasSize(1);
        assertThat(TOWN.get(stamp("iris").getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(200);
        HttpResponse<String> again = ADMINISTRATOR.post(action);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("ne tient déjà plus");
        assertThat(Jsoup.parse(ADMINISTRATOR.get("/studio/journal").body()).text())
                .contains("Accord de citer un avis retiré")
                .as("who it was")
                .doesNotContain("hugo");

        sends("hugo", quoteRequest("hugo", note(bal), quoting("hugo", "hugo", note(bal))));
        Await.until(() -> stranger.received("Reject").size() == 1);
        sends(
                "hugo",
                stranger.activity(
                        "Delete", "hugo", stranger.at("/hugo/1#delete"), "\"" + stranger.at("/hugo/1") + "\""));
        assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(404);
        sends("hugo", quoteRequest("hugo", note(bal), "\"" + stranger.at("/hugo/1") + "\""));
        Await.until(() -> stranger.received("Reject").size() == 2);
        assertThat(stranger.received("Accept")).hasSize(3);
    }

    @Test
    void nobodyIsLetInNorMayQuoteWhoCouldNotBeToldAndNothingIsLostOfWhatTheyAsked() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        long before = followers();
        approve("ville");
        asks("wanda");
        asks("xavier");
        // So many that no more may.
        TOWN.lettersWait(stranger, 1_000);

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

        TOWN.lettersAreGone(stranger);

        Await.until(
                () -> followers() == before + 3 && stranger.received("Accept").size() == 2);
        sends("zelda", quoteRequest("zelda", note(bal), quoting("zelda", "zelda", note(bal))));
        Await.until(() -> stranger.received("Accept").size() == 3);

        // What takes leave away has room whatever waits.
        TOWN.lettersWait(stranger, 1_000);
        TOWN.withdraws(bal, "Il pleut.");
        blocks("wanda");
        Await.until(() -> !stranger.received("Delete").isEmpty()
                && !stranger.received("Reject").isEmpty());
        TOWN.lettersAreGone(stranger);
    }

    @Test
    void whatIsNoNoticeAndWhatSomebodyElseWroteIsNotGranted() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        sends("lea", quoteRequest("lea", TOWN.url("/avis/0000000000000"), "\"" + stranger.at("/lea/1") + "\""));
        Await.until(() -> stranger.received("Reject").size() == 1);

        sends("max", quoteRequest("max", note(bal), quoting("max", "lea", note(bal))));
        Await.until(() -> stranger.received("Reject").size() == 2);
        sends("nina", quoteRequest("nina", note(bal), "\"https://elsewhere.example/1\""));
        Await.until(() -> stranger.received("Reject").size() == 3);
        // What is somebody else's to grant is none of the town's business.
        sends(
                "olaf",
                quoteRequest("olaf", URI.create("https://elsewhere.example/2"), "\"" + stranger.at("/olaf/1") + "\""));

        assertThat(stranger.received("Accept")).isEmpty();
        assertThat(stranger.asked()).doesNotContain("GET /olaf");
    }

    /** A request that only names what quotes says nothing of whose it is: its server does. */
    @Test
    void whoNamesWhatSomebodyElseOfTheirServerWroteMayNotQuoteByIt() throws Exception {
        NoticeId bal = TOWN.publishes("Le bal", "Samedi.");
        stranger.shows("/tom/1", quoting("tom", "ugo", note(bal)));
        sends("tom", quoteRequest("tom", note(bal), "\"" + stranger.at("/tom/1") + "\""));
        Await.until(() -> stranger.received("Reject").size() == 1);

        stranger.shows("/ugo/1", quoting("ugo", "ugo", note(bal)));
        sends("ugo", quoteRequest("ugo", note(bal), "\"" + stranger.at("/ugo/1") + "\""));
        Await.until(() -> stranger.received("Accept").size() == 1);
        sends("tom", quoteRequest("tom", note(bal), "\"" + stranger.at("/ugo/1") + "\""));
        Await.until(() -> stranger.received("Reject").size() == 2);
        sends("tom", quoteRequest("tom", note(bal), quoting("ugo", "tom", note(bal))));
        Await.until(() -> stranger.received("Reject").size() == 3);
        assertThat(stranger.received("Accept")).hasSize(1);

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
        Await.until(() -> stranger.received("Accept").size() == 1);
        URI stamp =
                URI.create(stranger.received("Accept").getFirst().path("result").asString());
        assertThat(waiting()).hasSize(2);

        blocks("yves", Scope.HOST);
        try {
            assertThat(waiting()).isEmpty();
            assertThat(TOWN.get(stamp.getPath(), FediverseTown.ACTIVITY).statusCode())
                    .isEqualTo(410);
            Await.until(() -> !stranger.received("Delete").isEmpty());
            assertThat(stranger.received("Delete").getFirst().path("object").asString())
                    .as("that the leave holds no more they are told")
                    .isEqualTo(stamp.toString());
            asks("walt");
            sends("yves", quoteRequest("yves", note(bal), quoting("yves", "yves", note(bal))));
            assertThat(waiting()).isEmpty();
            assertThat(stranger.received("Accept")).hasSize(1);
            assertThat(stranger.received("Reject"))
                    .as("who waited is told nothing")
                    .isEmpty();
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
        Await.until(() -> stranger.received("Accept").size() == 2);
        String ofPaul = stranger.received("Accept").getFirst().path("result").asString();
        String ofRita = stranger.received("Accept").getLast().path("result").asString();

        blocks("paul");

        Await.until(() -> !stranger.received("Delete").isEmpty());
        assertThat(stranger.received("Delete").getFirst().path("object").asString())
                .isEqualTo(ofPaul);
        assertThat(TOWN.get(URI.create(ofPaul).getPath(), FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(410);
        sends("paul", quoteRequest("paul", note(bal), quoting("paul", "paul", note(bal))));
        Await.until(() -> !stranger.received("Reject").isEmpty());
        assertThat(TOWN.json(URI.create(ofRita).getPath()).path("type").asString())
                .isEqualTo("QuoteAuthorization");

        sends(
                "rita",
                stranger.activity(
                        "Delete", "rita", stranger.at("/rita/1#delete"), "\"" + stranger.at("/rita/1") + "\""));

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

        assertThat(TOWN.json("/@ville").path("alsoKnownAs").valueStream().map(JsonNode::asString))
                .contains(before);
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

    /** Whose identifiers look as those of the protocol's page do. */
    private void isThere(String name) {
        stranger.shows(
                "/users/" + name,
                stranger.account("users/" + name)
                        .replace("\"preferredUsername\":\"users/", "\"preferredUsername\":\"")
                        .replace(
                                "\"type\":\"Person\"",
                                "\"type\":\"Person\",\"url\":\"" + stranger.at("/@" + name) + "\""));
    }

    private JsonNode next(String type) throws Exception {
        Await.until(() -> !stranger.received(type).isEmpty());
        JsonNode found = stranger.received(type).getFirst();
        stranger.received().clear();
        return found;
    }

    private void tells(String who, String activity) throws Exception {
        var answer = stranger.sends(TOWN.url("/fediverse/inbox"), "users/" + who, activity);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void whatTheProtocolsPageShowsIsWhatIsSent() throws Exception {
        ProtocolPage page = new ProtocolPage(TOWN.url("/"), stranger.at("/"));
        isThere("alice");
        isThere("clairval");
        Theme theme = TOWN.theme("jeunesse");
        ThemeAccounts accounts = TOWN.server().bean(ThemeAccounts.class);
        accounts.open(TOWN.town(), theme.id(), "jeunesse", MODERATOR.person().value());
        String former = stranger.at("/users/clairval").toString();
        assertThat(studio(ADMINISTRATOR, "/anciens", "ancien", former).statusCode())
                .isEqualTo(302);
        Profile was = TOWN.server().bean(Towns.class).get(TOWN.town().id()).profile();
        TOWN.changes(profile -> FediverseTown.settings(
                profile,
                profile.name(),
                profile.baseUrl(),
                profile.hosts(),
                new Profile.Contact(
                        "1, place de l’Hôtel-de-Ville\n91990 Clairval",
                        "02 33 00 00 00",
                        "",
                        "Du lundi au vendredi, de 9 h à 17 h")));

        accounts(page);
        NoticeId rink = notices(page, theme);
        thread(page);
        event(page);
        answers(page, rink);
        quotes(page);
        // StrangersTest has a signer with such a key.
        page.example("", "\"assertionMethod\"");

        TOWN.changes(profile -> was);
        studio(ADMINISTRATOR, "/anciens/retrait", "ancien", former);
        accounts.stop(TOWN.town(), "jeunesse", MODERATOR.person().value());
        accounts.close(TOWN.town(), "jeunesse", MODERATOR.person().value());
        page.isTrue();
    }

    private void accounts(ProtocolPage page) throws Exception {
        page.isSent(page.example("Organization", "\"summary\""), TOWN.json("/@ville"));
        page.isSent(page.example("Application", "/fediverse/instance"), TOWN.json("/fediverse/instance"));
        page.isSent(
                page.example("", "\"subject\""),
                read(TOWN.get("/.well-known/webfinger?resource=acct:ville@" + VILLE.getRawAuthority(), "*/*")));
        gate(true);
        page.isSent(page.example("Organization", "\"publicKey\""), read(TOWN.get("/@ville", FediverseTown.ACTIVITY)));
        gate(false);
        HttpResponse<String> refused = http.send(
                HttpRequest.newBuilder(TOWN.url("/@ville/inbox"))
                        .header("Content-Type", FediverseTown.ACTIVITY)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        ObjectNode said = (ObjectNode) JsonMapper.shared().readTree(refused.body());
        // Which of many it was is another each time.
        assertThat(said.path("detail").asString()).isNotEmpty();
        ObjectNode shown = (ObjectNode) page.example("", "fediverse.unsigned");
        page.isSent(shown, said.set("detail", shown.path("detail")));
    }

    private NoticeId notices(ProtocolPage page, Theme theme) throws Exception {
        tells("alice", page.sent("Follow", "/follows/1", ""));
        page.isSent(page.example("Accept", "#accept-"), next("Accept"));
        Content rink = FediverseTown.content("La patinoire rouvre", "Samedi à 14 h, place de la gare.", theme)
                .withWords(
                        "en",
                        Content.Words.of("The ice rink reopens", "On Saturday at 2 pm, at the station.", "Come."));
        NoticeId id = TOWN.publishes(TOWN.illustrated(rink));
        page.isSent(
                page.example("Create", "#create\",\"type\":\"Create\",\"actor\":\"https://clairval"), next("Create"));
        page.isSent(page.example("Announce", "/partages/"), TOWN.json("/@jeunesse/partages/" + id.ref()));
        TOWN.server().bean(Pins.class).pin(TOWN.town(), id, MODERATOR.person().value());
        page.isSent(page.example("Add", "#add-"), next("Add"));
        TOWN.corrects(id, "La patinoire rouvre", "Samedi à 15 h, place de la gare.", "Une heure plus tard.");
        page.isSent(page.example("Update", "#update-2"), next("Update"));
        NoticeId other = TOWN.publishes("La patinoire ferme", "Lundi.");
        next("Create");
        TOWN.withdraws(other, "Une erreur.");
        JsonNode delete = next("Delete");
        page.isSent(page.example("Delete", "\"Tombstone\""), delete);
        ObjectNode left = (ObjectNode) JsonMapper.shared()
                .readTree(
                        TOWN.get(note(other).getPath(), FediverseTown.ACTIVITY).body());
        left.remove("@context");
        assertThat(left).isEqualTo(delete.path("object"));
        return id;
    }

    private void thread(ProtocolPage page) throws Exception {
        String sentence = "La rue est fermée du pont à la gare. ";
        Content whole = Content.blank(Kind.NEWS, "fr", new TreeSet<>(Set.of("fediverse", "website")))
                .withWords(
                        "fr",
                        Content.Words.of(
                                "Travaux",
                                "Jusqu’au printemps.",
                                sentence.repeat(9) + "\n\n" + sentence.repeat(15) + "\n\nLes bus passent par le quai."))
                .withEdited("fediverse", "fr", new TreeMap<>(Map.of("form", "thread")));
        TOWN.publishes(whole);
        Await.until(() -> stranger.received("Create").size() == 3);
        page.isSent(
                page.example("Note", "/fil/3"),
                stranger.received("Create").getLast().path("object"));
        stranger.received().clear();
    }

    private void event(ProtocolPage page) throws Exception {
        LocalDate day = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3);
        NoticeId market = TOWN.publishes(Content.blank(Kind.EVENT, "fr", new TreeSet<>(Set.of("fediverse", "website")))
                .withWords(
                        "fr", Content.Words.of("Marché de Noël", "Quarante artisans et une chorale.", "Entrée libre."))
                .withEvent(new Content.Event(
                        WallTime.of(day.atTime(10, 0)),
                        WallTime.of(day.atTime(20, 0)),
                        false,
                        "Place de l’Hôtel-de-Ville",
                        "1, place de l’Hôtel-de-Ville",
                        "Comité des fêtes",
                        null)));
        page.isSent(
                page.example("Event", "/fediverse/evenement"),
                TOWN.json("/avis/" + market.ref() + "/fediverse/evenement"));
        next("Create");
    }

    private void answers(ProtocolPage page, NoticeId about) throws Exception {
        tells("alice", page.sent("Create", "/notes/7", about.ref()));
        Message kept = Objects.requireNonNull(reading(() ->
                        TOWN.server().bean(Messages.class).of(TOWN.town().id(), Optional.of(about), null, 200, 0)))
                .getFirst();
        TOWN.server()
                .bean(AnswerDesk.class)
                .write(
                        MODERATOR,
                        TOWN.town(),
                        kept.id(),
                        new AnswerDesk.Draft(kept.version(), "À 20 h 30.", "fr", false));
        page.isSent(page.example("Note", "/reponses/"), next("Create").path("object"));
        Message answered = reading(() ->
                        TOWN.server().bean(Messages.class).find(TOWN.town().id(), kept.id()))
                .orElseThrow();
        TOWN.server().bean(ModerationDesk.class).report(MODERATOR, answered.id(), answered.version(), "Une menace.");
        page.isSent(page.example("Flag", "#flag-"), next("Flag"));
    }

    private void quotes(ProtocolPage page) throws Exception {
        NoticeId quoted = TOWN.publishes("Le bal", "Samedi.");
        next("Create");
        page.isSent(
                page.example("", "canQuote"),
                JsonMapper.shared()
                        .createObjectNode()
                        .set(
                                "interactionPolicy",
                                TOWN.json(note(quoted).getPath()).path("interactionPolicy")));
        stranger.shows(
                "/notes/8", quoting("users/alice", "users/alice", note(quoted)).replace("/users/alice/1", "/notes/8"));
        tells("alice", page.sent("QuoteRequest", "/notes/8/quote", quoted.ref()));
        JsonNode accept = next("Accept");
        page.isSent(page.example("Accept", "#quote-"), accept);
        page.isSent(
                page.example("QuoteAuthorization", "/citations/"),
                TOWN.json(URI.create(accept.path("result").asString()).getPath()));
        TOWN.withdraws(quoted, "Il pleut.");
        Await.until(() -> stranger.received("Delete").size() == 2);
        page.isSent(
                page.example("Delete", "/citations/"),
                stranger.received("Delete").stream()
                        .filter(one -> one.path("object").isString())
                        .findFirst()
                        .orElseThrow());
    }

    private static <T> T reading(Supplier<T> work) {
        TransactionTemplate reading = new TransactionTemplate(TOWN.server().bean(PlatformTransactionManager.class));
        reading.setReadOnly(true);
        return Objects.requireNonNull(reading.execute(status -> work.get()));
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
