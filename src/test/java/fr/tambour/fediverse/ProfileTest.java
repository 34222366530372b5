package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import fr.tambour.notice.Content;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.WallTime;
import fr.tambour.storage.Dialect;
import fr.tambour.town.Profile;
import fr.tambour.town.Theme;
import fr.tambour.town.Towns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
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

    /** As the HTML says it, for whoever asks for the head alone or reads no HTML; and the same once the page is in memory. */
    @Test
    void pagesSayItInAHeaderAsWell() throws Exception {
        NoticeId notice = TOWN.publishes("La piscine ferme", "Deux jours.");
        String id = TOWN.url("/avis/" + notice.ref()).toString();
        for (String page : List.of("/avis/" + notice.ref() + "/la-piscine-ferme", "/@ville")) {
            String document = page.equals("/@ville") ? TOWN.url(page).toString() : id;
            String link = "<" + document + ">; rel=\"alternate\"; type=\"application/activity+json\"";
            String tag = "";
            for (int again = 0; again < 3; again++) {
                HttpResponse<String> answer = TOWN.get(page, "text/html");
                assertThat(answer.headers().allValues("link")).containsExactly(link);
                tag = answer.headers().firstValue("etag").orElseThrow();
            }
            HttpResponse<Void> head = http.send(
                    HttpRequest.newBuilder(TOWN.url(page))
                            .header("Accept", "text/html")
                            .HEAD()
                            .build(),
                    BodyHandlers.discarding());
            assertThat(head.headers().allValues("link")).containsExactly(link);
            HttpResponse<String> unchanged = http.send(
                    HttpRequest.newBuilder(TOWN.url(page))
                            .header("Accept", "text/html")
                            .header("If-None-Match", tag)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(unchanged.statusCode()).isEqualTo(304);
        }
        assertThat(TOWN.get("/", "text/html").headers().allValues("link")).isEmpty();
        assertThat(TOWN.get("/studio/connexion", "text/html").headers().allValues("link"))
                .isEmpty();
    }

    /** Mastodon shows the account with links to a page that names it, where the account names the page's host. */
    @Test
    void aNoticesPageSaysWhoseItIsAndTheAccountThatItsPagesAre() throws Exception {
        NoticeId notice = TOWN.publishes("Le parc rouvre", "Samedi.");
        String handle = "@ville@" + TOWN.url("/").getRawAuthority();
        for (String path :
                List.of("/avis/" + notice.ref() + "/le-parc-rouvre", "/en/avis/" + notice.ref() + "/le-parc-rouvre")) {
            assertThat(Jsoup.parse(TOWN.get(path, "text/html").body())
                            .select("head meta[name=fediverse:creator]")
                            .eachAttr("content"))
                    .as(path)
                    .containsExactly(handle);
        }
        assertThat(Jsoup.parse(TOWN.get("/", "text/html").body()).select("meta[name=fediverse:creator]"))
                .isEmpty();
        assertThat(TOWN.json("/@ville").path("attributionDomains").valueStream().map(JsonNode::asString))
                .contains(TOWN.url("/").getHost());
    }

    @Test
    void theAccountSaysWhatItIsAndWhereTheTownHallIsFound() throws Exception {
        JsonNode account = TOWN.json("/@ville");
        String ville = TOWN.url("/@ville").toString();
        assertThat(account.path("type").asString()).isEqualTo("Organization");
        assertThat(account.path("preferredUsername").asString()).isEqualTo("ville");
        assertThat(account.path("name").asString()).isEqualTo("Ville de Clairval");
        assertThat(account.path("summary").asString())
                .startsWith("<p>Le compte officiel")
                .contains("Ville de Clairval");
        for (String place : List.of("inbox", "outbox", "followers", "following", "featured")) {
            assertThat(account.path(place).asString()).isEqualTo(ville + "/" + place);
        }
        assertThat(account.path("discoverable").asBoolean(false)).isTrue();
        assertThat(account.path("indexable").asBoolean(false)).isTrue();
        assertThat(account.path("manuallyApprovesFollowers").asBoolean(true)).isFalse();
        assertThat(account.path("attachment").size()).isEqualTo(1);

        Profile was = TOWN.server().bean(Towns.class).get(TOWN.town().id()).profile();
        TOWN.changes(profile -> FediverseTown.settings(
                profile,
                profile.name(),
                profile.baseUrl(),
                profile.hosts(),
                new Profile.Contact("1, place <Foch>\n91990 Clairval", "01 60 00 00 00", "", "Lundi : 9 h – 12 h\n")));
        try {
            assertThat(TOWN.json("/@ville")
                            .path("attachment")
                            .valueStream()
                            .map(field -> field.path("type").asString()
                                    + " " + field.path("name").asString() + " "
                                    + Jsoup.parse(field.path("value").asString())
                                            .text()))
                    .containsExactly(
                            "PropertyValue Site " + TOWN.url("/"),
                            "PropertyValue Téléphone 01 60 00 00 00",
                            "PropertyValue Adresse 1, place <Foch>, 91990 Clairval",
                            "PropertyValue Horaires Lundi : 9 h – 12 h");
        } finally {
            TOWN.changes(profile -> was);
        }
    }

    /** By that other servers call the site verified (rel=me). */
    @Test
    void theSiteAndTheAccountNameEachOther() throws Exception {
        Document field = Jsoup.parse(
                TOWN.json("/@ville").path("attachment").get(0).path("value").asString());
        assertThat(field.select("a[rel~=me]").eachAttr("href"))
                .containsExactly(TOWN.url("/").toString());
        String account = TOWN.json("/@ville").path("url").asString();
        assertThat(account).isEqualTo(TOWN.url("/@ville").toString());
        for (String page : List.of("/", "/en", "/@ville", "/agenda")) {
            assertThat(Jsoup.parse(TOWN.get(page, "text/html").body())
                            .select("head link[rel=me]")
                            .eachAttr("href"))
                    .as(page)
                    .containsExactly(account);
        }
    }

    @Test
    void aNoteSaysItInBothLanguagesWithItsHashtagsAndWhenItWasCorrected() throws Exception {
        Theme theme = TOWN.theme("vie associative");
        Content written = FediverseTown.content("Le forum", "Samedi, au gymnase.", theme)
                .withWords("en", Content.Words.of("The fair", "On Saturday, in the gym.", "Come."));
        NoticeId forum = TOWN.publishes(written);
        JsonNode note = TOWN.json("/avis/" + forum.ref());
        assertThat(note.path("contentMap").propertyNames()).containsExactly("fr", "en");
        assertThat(note.path("contentMap").path("fr")).isEqualTo(note.path("content"));
        assertThat(note.path("content").asString()).startsWith("<p>Le forum</p><p>Samedi, au gymnase.</p>");
        assertThat(note.path("contentMap").path("en").asString())
                .startsWith("<p>The fair</p><p>On Saturday, in the gym.</p>");
        assertThat(note.path("tag").size()).isEqualTo(1);
        assertThat(note.path("tag").get(0).path("type").asString()).isEqualTo("Hashtag");
        assertThat(note.path("tag").get(0).path("name").asString()).isEqualTo("#VieAssociative");
        String page = TOWN.url("/thematiques/" + theme.slug()).toString();
        assertThat(note.path("tag").get(0).path("href").asString()).isEqualTo(page);
        assertThat(Jsoup.parse(note.path("content").asString()).select("a.mention.hashtag"))
                .singleElement()
                .satisfies(link ->
                        assertThat(link.attr("href") + " " + link.text()).isEqualTo(page + " #VieAssociative"));
        assertThat(note.has("updated")).isFalse();
        assertThat(note.path("to").toString()).isEqualTo("[\"https://www.w3.org/ns/activitystreams#Public\"]");
        assertThat(note.path("cc").toString()).isEqualTo("[\"" + TOWN.url("/@ville/followers") + "\"]");

        TOWN.server().clock().go(Duration.ofMinutes(2));
        TOWN.corrects(forum, written, "Une coquille.");
        TOWN.server().clock().go(Duration.ZERO);
        JsonNode corrected = TOWN.json("/avis/" + forum.ref());
        assertThat(corrected.path("published")).isEqualTo(note.path("published"));
        assertThat(Instant.parse(corrected.path("updated").asString()))
                .isBetween(Instant.now().plusSeconds(90), Instant.now().plusSeconds(150));
    }

    @Test
    void aPictureSaysWhatItIsHowLargeAndWhatToKeepOfIt() throws Exception {
        JsonNode picture = TOWN.json(
                        "/avis/" + TOWN.illustrates("La fresque", "Inaugurée.").ref())
                .path("attachment")
                .get(0);
        assertThat(picture.path("type").asString()).isEqualTo("Image");
        assertThat(picture.path("name").asString()).isEqualTo("Deux moitiés");
        assertThat(picture.path("summary").asString()).isEqualTo("Deux moitiés");
        assertThat(picture.path("focalPoint").toString()).isEqualTo("[-1,1]");
        assertThat(picture.path("blurhash").asString()).hasSizeGreaterThan(6);
        HttpResponse<byte[]> file = http.send(
                HttpRequest.newBuilder(URI.create(picture.path("url").asString()))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(type(file)).isEqualTo(picture.path("mediaType").asString());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file.body()));
        assertThat(picture.path("width").asInt()).isEqualTo(image.getWidth());
        assertThat(picture.path("height").asInt()).isEqualTo(image.getHeight());
    }

    /** By the schemas that NodeInfo publishes (CC0). */
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.1"})
    void whatRunsHereIsSaidAsNodeInfoWantsIt(String version) throws Exception {
        JsonNode links = JsonMapper.shared()
                .readTree(TOWN.get("/.well-known/nodeinfo", "application/json").body())
                .path("links");
        String namespace = "http://nodeinfo.diaspora.software/ns/schema/" + version;
        JsonNode link = links.valueStream()
                .filter(one -> one.path("rel").asString().equals(namespace))
                .findFirst()
                .orElseThrow();
        assertThat(link.path("href").asString())
                .isEqualTo(TOWN.url("/nodeinfo/" + version).toString());

        HttpResponse<String> answer = TOWN.get("/nodeinfo/" + version, "application/json");
        assertThat(type(answer)).startsWith("application/json").contains("profile=\"" + namespace + "#\"");
        try (InputStream schema = Objects.requireNonNull(
                ProfileTest.class.getResourceAsStream("/fr/tambour/fediverse/nodeinfo-" + version + ".json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                            .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON)
                            .validate(answer.body(), InputFormat.JSON))
                    .isEmpty();
        }
        JsonNode info = JsonMapper.shared().readTree(answer.body());
        assertThat(info.path("version").asString()).isEqualTo(version);
        assertThat(info.path("software").path("name").asString()).isEqualTo("tambour");
        assertThat(info.path("protocols").toString()).isEqualTo("[\"activitypub\"]");
        assertThat(info.path("openRegistrations").asBoolean(true)).isFalse();
        assertThat(info.path("usage").path("users").path("total").asInt()).isEqualTo(1);
        int posts = info.path("usage").path("localPosts").asInt();
        assertThat(info.path("metadata").path("nodeName").asString()).isEqualTo("Ville de Clairval");
        TOWN.publishes("Un de plus", "Lundi.");
        assertThat(JsonMapper.shared()
                        .readTree(TOWN.get("/nodeinfo/" + version, "application/json")
                                .body())
                        .path("usage")
                        .path("localPosts")
                        .asInt())
                .isEqualTo(posts + 1);
    }

    /** RFC 6415. */
    @Test
    void hostMetaLeadsToWhereTheAccountIsFound() throws Exception {
        HttpResponse<String> answer = TOWN.get("/.well-known/host-meta", "application/xrd+xml");
        assertThat(type(answer)).startsWith("application/xrd+xml");
        Document xrd = Jsoup.parse(answer.body(), "", Parser.xmlParser());
        assertThat(xrd.select("XRD").attr("xmlns")).isEqualTo("http://docs.oasis-open.org/ns/xri/xrd-1.0");
        String template = xrd.select("XRD > Link[rel=lrdd]").attr("template");
        String found = template.replace("{uri}", "acct:ville@" + TOWN.url("/").getRawAuthority());
        HttpResponse<String> account =
                http.send(HttpRequest.newBuilder(URI.create(found)).build(), BodyHandlers.ofString());
        assertThat(JsonMapper.shared()
                        .readTree(account.body())
                        .at("/links/0/href")
                        .asString())
                .isEqualTo(TOWN.url("/@ville").toString());
    }

    /** ActivityPub section 4.1: every actor has both. */
    @Test
    void whoAsksInTheTownsNameHasAnInboxAndAnOutboxThatAreThere() throws Exception {
        JsonNode instance = TOWN.json("/fediverse/instance");
        assertThat(instance.path("type").asString()).isEqualTo("Application");
        JsonNode outbox =
                TOWN.json(URI.create(instance.path("outbox").asString()).getPath());
        assertThat(outbox.path("id")).isEqualTo(instance.path("outbox"));
        assertThat(outbox.path("type").asString()).isEqualTo("OrderedCollection");
        assertThat(outbox.path("totalItems").asInt(-1)).isZero();
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(
                                                instance.path("inbox").asString()))
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
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
