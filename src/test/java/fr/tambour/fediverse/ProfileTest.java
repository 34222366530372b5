package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.storage.Dialect;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people see of the account, and what other servers see at the same addresses. */
class ProfileTest {

    private static final FediverseTown TOWN = new FediverseTown(Dialect.SQLITE);

    private HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    static void close() {
        TOWN.close();
    }

    private HttpResponse<String> follow(String account, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(TOWN.url("/@ville/suivre"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "compte=" + URLEncoder.encode(account, StandardCharsets.UTF_8)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String type(HttpResponse<?> answer) {
        return answer.headers().firstValue("content-type").orElse("");
    }

    /** The last is what Mastodon asks with when somebody pastes an address; the page is second best to it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                FediverseTown.ACTIVITY,
                "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
                "application/activity+json, application/ld+json",
                "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1"
            })
    void whoAsksForActivitiesFirstGetsThemThoughThePageIsInMemory(String accept) throws Exception {
        NoticeId notice = TOWN.publishes("La halle rouvre", "Samedi.");
        for (String path : new String[] {"/@ville", "/avis/" + notice.ref()}) {
            for (int again = 0; again < 2; again++) {
                HttpResponse<String> page = TOWN.get(path, "text/html,application/xhtml+xml,*/*;q=0.8");
                assertThat(page.headers().allValues("vary"))
                        .anySatisfy(vary -> assertThat(vary).contains("Accept"));
                HttpResponse<String> document = TOWN.get(path, accept);
                assertThat(type(document)).startsWith(FediverseTown.ACTIVITY);
                assertThat(String.join(",", document.headers().allValues("vary")))
                        .containsPattern("(^|[ ,])Accept($|[ ,])");
                assertThat(document.headers().firstValue("etag")).isPresent();
            }
        }
    }

    @Test
    void whoWouldRatherHaveThePageGetsIt() throws Exception {
        assertThat(type(TOWN.get("/@ville", "text/html, application/activity+json;q=0.5")))
                .startsWith("text/html");
        assertThat(type(TOWN.get("/@ville", "*/*"))).startsWith("text/html");
    }

    @Test
    void whatIsCorrectedOrWithdrawnIsSoInMemoryAtOnce() throws Exception {
        NoticeId notice = TOWN.publishes("Le marché", "Samedi.");
        String path = "/avis/" + notice.ref();
        assertThat(TOWN.get(path, FediverseTown.ACTIVITY).body()).contains("Samedi");
        TOWN.corrects(notice, "Le marché", "Dimanche.", "Le jour a changé.");
        assertThat(TOWN.get(path, FediverseTown.ACTIVITY).body())
                .contains("Dimanche")
                .doesNotContain("Samedi");
        assertThat(JsonMapper.shared()
                        .readTree(TOWN.get(path, FediverseTown.ACTIVITY).body())
                        .path("content")
                        .asString())
                .startsWith("<p>Rectificatif\u00a0: Le jour a changé.</p><p>Le marché</p>");
        TOWN.withdraws(notice, "Annulé.");
        HttpResponse<String> gone = TOWN.get(path, FediverseTown.ACTIVITY);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body()).contains("Tombstone").doesNotContain("Dimanche");
    }

    @Test
    void pagesSayWhereOtherServersReadTheSame() throws Exception {
        NoticeId notice = TOWN.publishes("Le gymnase ferme", "Deux jours.");
        String id = TOWN.url("/avis/" + notice.ref()).toString();
        Document page = Jsoup.parse(TOWN.get(URI.create(id).getPath() + "/le-gymnase-ferme", "text/html")
                .body());
        assertThat(page.select("link[rel=alternate][type=" + FediverseTown.ACTIVITY + "]")
                        .attr("href"))
                .isEqualTo(id);
        Document profile = Jsoup.parse(TOWN.get("/@ville", "text/html").body());
        assertThat(profile.select("link[rel=alternate][type=" + FediverseTown.ACTIVITY + "]")
                        .attr("href"))
                .isEqualTo(TOWN.url("/@ville").toString());
        assertThat(Jsoup.parse(TOWN.get("/", "text/html").body()).select("link[type=" + FediverseTown.ACTIVITY + "]"))
                .isEmpty();
    }

    private static Content event(String title, LocalDateTime start, @Nullable LocalDateTime end, boolean weekly) {
        Content plain = Content.blank(Kind.EVENT, "fr", new TreeSet<>(Set.of("fediverse", "website")))
                .withWords("fr", Content.Words.of(title, "Avec les bénévoles.", "Apportez **vos** livres."));
        return plain.withEvent(new Content.Event(
                WallTime.of(start),
                end == null ? null : WallTime.of(end),
                false,
                "Médiathèque",
                "2, rue du Pont",
                "Les Amis du livre",
                weekly
                        ? new Content.Repeat(
                                Content.Repeat.Frequency.WEEKLY,
                                start.toLocalDate().plusWeeks(3),
                                new TreeSet<>())
                        : null));
    }

    @Test
    void besideTheNoteOfAnEventCalendarsReadAnEvent() throws Exception {
        ZoneId zone = TOWN.town().zone();
        LocalDateTime now = LocalDateTime.ofInstant(TOWN.server().clock().instant(), zone);
        LocalDateTime evening = now.toLocalDate().plusDays(3).atTime(18, 30);
        NoticeId fair = TOWN.publishes(event("Foire aux livres", evening, evening.plusHours(2), false));
        NoticeId reading = TOWN.publishes(event("Heure du conte", evening.minusDays(7), null, true));
        String path = "/avis/" + fair.ref() + "/fediverse/evenement";

        JsonNode event = TOWN.json(path);
        assertThat(event.path("id").asString()).isEqualTo(TOWN.url(path).toString());
        assertThat(event.path("type").asString()).isEqualTo("Event");
        assertThat(event.path("name").asString()).isEqualTo("Foire aux livres");
        assertThat(event.path("content").asString())
                .isEqualTo("<p>Avec les bénévoles.</p><p>Apportez <strong>vos</strong> livres.</p>\n");
        assertThat(OffsetDateTime.parse(event.path("startTime").asString()).toInstant())
                .isEqualTo(evening.atZone(zone).toInstant());
        assertThat(OffsetDateTime.parse(event.path("endTime").asString()).toInstant())
                .isEqualTo(evening.plusHours(2).atZone(zone).toInstant());
        assertThat(event.path("timezone").asString()).isEqualTo(zone.getId());
        assertThat(event.path("eventStatus").asString()).isEqualTo("EventScheduled");
        assertThat(event.path("location").path("name").asString()).isEqualTo("Médiathèque");
        assertThat(event.path("location").path("address").path("streetAddress").asString())
                .isEqualTo("2, rue du Pont");
        assertThat(event.path("organizers").path("items").get(0).path("name").asString())
                .isEqualTo("Les Amis du livre");
        assertThat(event.path("url").asString())
                .isEqualTo(TOWN.url("/avis/" + fair.ref() + "/foire-aux-livres").toString());

        JsonNode conte = TOWN.json("/avis/" + reading.ref() + "/fediverse/evenement");
        assertThat(OffsetDateTime.parse(conte.path("startTime").asString()).toInstant())
                .as("of what comes back, the next time")
                .isEqualTo(evening.atZone(zone).toInstant());
        assertThat(conte.path("displayEndTime").asBoolean(true)).isFalse();

        JsonNode account = TOWN.json("/@ville");
        JsonNode ahead =
                TOWN.json(URI.create(account.path("upcomingEvents").asString()).getPath());
        assertThat(ahead.path("orderedItems")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactlyInAnyOrder("Foire aux livres", "Heure du conte");
        assertThat(Jsoup.parse(TOWN.get("/avis/" + fair.ref() + "/foire-aux-livres", "text/html")
                                .body())
                        .select("link[rel=alternate][type=" + FediverseTown.ACTIVITY + "]")
                        .eachAttr("href"))
                .containsExactly(
                        TOWN.url("/avis/" + fair.ref()).toString(),
                        TOWN.url(path).toString());
        assertThat(TOWN.get(path, "text/html").statusCode()).isEqualTo(303);
        assertThat(TOWN.get(
                                "/avis/"
                                        + TOWN.publishes("Un avis", "Sans date.")
                                                .ref() + "/fediverse/evenement",
                                FediverseTown.ACTIVITY)
                        .statusCode())
                .isEqualTo(404);

        TOWN.withdraws(fair, "Annulée.");
        assertThat(TOWN.get(path, FediverseTown.ACTIVITY).statusCode()).isEqualTo(410);
        assertThat(TOWN.json("/@ville/evenements").path("orderedItems")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"icon,400,400", "image,1500,500"})
    void theAccountHasPicturesThatAnyServerCanShow(String which, int width, int height) throws Exception {
        JsonNode picture = JsonMapper.shared()
                .readTree(TOWN.get("/@ville", FediverseTown.ACTIVITY).body())
                .get(which);
        assertThat(picture.get("mediaType").asString()).isEqualTo("image/png");
        HttpResponse<byte[]> file = http.send(
                HttpRequest.newBuilder(URI.create(picture.get("url").asString()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(type(file)).isEqualTo("image/png");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.body()));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @Test
    void somebodyFollowsFromTheirOwnServerWhereThatSaysWhere() throws Exception {
        try (Stranger server = new Stranger()) {
            server.shows("/.well-known/webfinger", """
                    {"subject":"acct:moi@x","links":[{"rel":"self","href":"https://x/moi"},
                     {"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://social.example/suivre?uri={uri}"}]}
                    """);
            HttpResponse<String> answer =
                    follow("@moi@" + server.at("/").getRawAuthority(), "Sec-Fetch-Site", "same-origin");
            assertThat(answer.statusCode()).isEqualTo(200);
            Document page = Jsoup.parse(answer.body());
            String handle = "ville@" + TOWN.url("/").getRawAuthority();
            assertThat(page.select("a[rel~=nofollow].btn").attr("href"))
                    .isEqualTo(
                            "https://social.example/suivre?uri=" + URLEncoder.encode(handle, StandardCharsets.UTF_8));
            assertThat(page.select("[role=status]").text()).contains("social.example");
            assertThat(server.asked()).containsExactly("GET /.well-known/webfinger");
        }
    }

    @Test
    void aServerThatNamesNoPageOrOneThatIsNoneLeavesTheWayByHand() throws Exception {
        try (Stranger server = new Stranger()) {
            String account = "moi@" + server.at("/").getRawAuthority();
            assertThat(follow(account).body()).contains("n’a pas dit");
            server.shows("/.well-known/webfinger", """
                    {"links":[{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"javascript:alert({uri})"}]}
                    """);
            HttpResponse<String> answer = follow(account);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(Jsoup.parse(answer.body()).select("a[href^=javascript]")).isEmpty();
            assertThat(Jsoup.parse(answer.body()).select("input[name=compte]").attr("value"))
                    .isEqualTo(account);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "moi", "@moi@", "moi@exa mple", "https://exemple/page", "moi@<script>", "moi@user:pw@host"})
    void whatIsNoAccountIsSaidToBeNone(String account) throws Exception {
        HttpResponse<String> answer = follow(account);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("comme celle d’un courriel");
    }

    @Test
    void anotherSitesPageAsksNobodyInOurName() throws Exception {
        assertThat(follow("moi@social.example", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(follow("moi@social.example", "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyAsksOneServerInOurNameAsOftenAsTheyLike() throws Exception {
        // Another's address: the others of this class are not counted with it.
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName("127.0.0.5"))
                .build()) {
            http = elsewhere;
            HttpResponse<String> answer = follow("moi@10.0.0.2");
            for (int again = 0; again < 100 && answer.statusCode() == 422; again++) {
                answer = follow("moi@10.0.0.2");
            }
            assertThat(answer.statusCode()).isEqualTo(429);
        }
    }

    @Test
    void whateverStandsAtTheEndOfAnAddressOneDocumentIsKept() throws Exception {
        NoticeId notice = TOWN.publishes("La foire", "Dimanche.");
        String path = "/avis/" + notice.ref();
        assertThat(TOWN.get(path + "/la-foire", FediverseTown.ACTIVITY).statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = TOWN.get(path + "/autre-chose", FediverseTown.ACTIVITY);
        assertThat(other.statusCode()).isEqualTo(302);
        assertThat(other.headers().firstValue("location"))
                .hasValue(TOWN.url(path).toString());
    }

    @Test
    void noPrivateAddressIsAskedWhateverTheAccountSays() throws Exception {
        assertThat(follow("moi@169.254.169.254").body()).contains("n’a pas dit");
        assertThat(follow("moi@10.0.0.1:8080").body()).contains("n’a pas dit");
    }
}
