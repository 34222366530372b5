package fr.tambour.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.Decoder;
import fr.tambour.media.Media;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.notice.WallTime;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Await;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Town;
import fr.tambour.town.TownPaths;
import fr.tambour.town.Towns;
import fr.tambour.ui.Assets;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Pages from memory are the pages that the application makes, and none is ever untrue. */
@ParameterizedClass(name = "{0}")
@MethodSource("towns")
class HotPagesTest {

    private final NoticeTown town;
    private final HttpClient http = HttpClient.newHttpClient();

    HotPagesTest(NoticeTown town) {
        this.town = town;
    }

    static Stream<NoticeTown> towns() {
        return Stream.of(Dialect.values()).map(dialect -> NoticeTown.on(dialect, TambourServer.LOCAL_PORT));
    }

    @BeforeEach
    void somethingIsPublished() {
        publish("La halle rouvre");
    }

    private NoticeId publish(String title) {
        return town.publish(town.news(title, "Un résumé.", "Un texte."));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(town.server().url(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private String page(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/en", "/actualites", "/flux/avis.rss", "/flux/avis.json", "/archives"})
    void theSameIsSaidWhateverTheEncoding(String path) throws Exception {
        assertThat(Brotli4jLoader.isAvailable()).isTrue();
        HttpResponse<byte[]> plain = get(path);
        assertThat(plain.statusCode()).isEqualTo(200);
        HttpResponse<byte[]> packed = get(path, "Accept-Encoding", "gzip");
        HttpResponse<byte[]> small = get(path, "Accept-Encoding", "gzip, br;q=0.9");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(small.headers().firstValue("Content-Encoding")).hasValue("br");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(Decoder.decompress(small.body()).getDecompressedData()).isEqualTo(plain.body());
        assertThat(small.headers().allValues("Vary")).anyMatch(value -> value.contains("Accept-Encoding"));
        assertThat(get(path, "Accept-Encoding", "br;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void aHeadAnswersWhatAGetAnswersWithoutItsBody() throws Exception {
        HttpResponse<byte[]> got = get("/");
        String head = raw("HEAD / HTTP/1.1", "Connection: close");

        assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        assertThat(head.lines().map(String::strip))
                .contains(
                        "Content-Length: " + got.body().length,
                        "ETag: " + got.headers().firstValue("ETag").orElseThrow());
    }

    @Test
    void whatIsKnownIsNotSentAgain() throws Exception {
        String tag = get("/").headers().firstValue("ETag").orElseThrow();
        String again = raw("GET / HTTP/1.1", "If-None-Match: \"other\", " + tag, "Connection: close");

        assertThat(again).startsWith("HTTP/1.1 304").endsWith("\r\n\r\n").contains("ETag: " + tag);
        assertThat(again.toLowerCase(Locale.ROOT)).doesNotContain("\ncontent-length:", "\ncontent-type:");
    }

    /** A connection goes on to be used after each of them. */
    @Test
    void manyAnswersFitOneConnection() throws Exception {
        String tag = get("/").headers().firstValue("ETag").orElseThrow();
        String all = raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag
                        + "\r\n\r\nHEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /en HTTP/1.1",
                "Connection: close");

        assertThat(all.lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                .containsExactly("HTTP/1.1 304 Not Modified", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK");
        assertThat(all).endsWith("</html>\n");
    }

    @Test
    void aPageFromMemorySaysOnEveryAnswerWhatAFreshOneSays() throws Exception {
        // A query is not kept in memory.
        HttpResponse<byte[]> fresh = get("/actualites?fresh");
        get("/actualites");
        HttpResponse<byte[]> kept = get("/actualites");

        for (String name : fresh.headers().map().keySet()) {
            if (!Set.of("date", "etag", "content-length").contains(name)) {
                assertThat(kept.headers().allValues(name))
                        .as(name)
                        .isEqualTo(fresh.headers().allValues(name));
            }
        }
    }

    @Test
    void eachLanguageAndEachHostHasItsOwn() throws Exception {
        assertThat(page("/en")).contains("<html lang=\"en\">");
        assertThat(page("/")).contains("<html lang=\"fr\">");
        assertThat(page("/en")).contains("<html lang=\"en\">");
        assertThat(raw("GET / HTTP/1.1\r\nHost: nobody.example", "Connection: close"))
                .startsWith("HTTP/1.1 400");
        assertThat(rawAt("nobody.example", "GET / HTTP/1.1", "Connection: close"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void whatIsPublishedCorrectedOrWithdrawnIsSeenOnTheVeryNextRequest() throws Exception {
        for (int i = 0; i < 5; i++) {
            page("/");
            NoticeId id = publish("Parution numéro " + i);
            assertThat(page("/actualites")).contains(id.ref());
            assertThat(page("/flux/avis.rss")).contains(id.ref());
            String address = "/avis/" + id.ref() + "/parution-numero-" + i;
            assertThat(get(address).statusCode()).isEqualTo(200);
            town.withdraw(id, "Une erreur.");
            assertThat(page("/actualites")).doesNotContain(id.ref());
            assertThat(get(address).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void aTownThatChangesItsNameShowsItOnTheNextRequest() throws Exception {
        page("/mentions-legales");
        Towns towns = town.server().bean(Towns.class);
        Town now = towns.get(town.town().id());
        town.server()
                .bean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        towns.change(now.id(), now.version(), TestTowns.profile("Clairval-Neuve", "clairval.example")));
        assertThat(page("/mentions-legales")).contains("Clairval-Neuve");
        Town then = towns.get(town.town().id());
        town.server()
                .bean(TransactionTemplate.class)
                .executeWithoutResult(status -> towns.change(then.id(), then.version(), now.profile()));
    }

    @Test
    void whatIsOverIsNotServedFromMemoryBeyondItsEndEvenWithinAMinute() throws Exception {
        NoticeId id = town.publish(town.news("Stationnement interdit", "Ce matin.", "Un texte.")
                .withUntil(WallTime.of(
                        town.server().clock().instant().plus(Duration.ofMinutes(30)),
                        town.town().zone())));
        NoticeId alarm = town.alarm(Set.of(), Set.of());
        assertThat(page("/actualites")).contains(id.ref());
        town.server().clock().advance(Duration.ofMinutes(30));
        assertThat(page("/actualites")).doesNotContain(id.ref());
        assertThat(page("/alertes")).contains(alarm.ref());
        // An alert ends to the millisecond a day after its release.
        town.server().clock().advance(Duration.ofHours(24).minusMinutes(30).minusMillis(1));
        assertThat(page("/alertes")).contains(alarm.ref());
        town.server().clock().advance(Duration.ofMillis(1));
        assertThat(page("/alertes")).doesNotContain(alarm.ref());
    }

    /** Readers ask all the time; whoever asks after the withdrawal was answered never sees it again. */
    @Test
    void aWithdrawnNoticeIsNeverServedFromMemoryAfterwards() throws Exception {
        for (int round = 0; round < 5; round++) {
            NoticeId id = publish("Ronde " + round);
            String address = "/avis/" + id.ref() + "/ronde-" + round;
            AtomicBoolean withdrawn = new AtomicBoolean();
            AtomicBoolean enough = new AtomicBoolean();
            try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> late = new ArrayList<>();
                for (int reader = 0; reader < 8; reader++) {
                    late.add(readers.submit(() -> {
                        int stale = 0;
                        int after = 0;
                        while (after < 20 && !enough.get()) {
                            boolean gone = withdrawn.get();
                            int status = get(address).statusCode();
                            if (gone) {
                                after++;
                                stale += status == 410 ? 0 : 1;
                            }
                        }
                        return stale;
                    }));
                }
                try {
                    get(address);
                    town.withdraw(id, "Une erreur.");
                    withdrawn.set(true);
                    for (Future<Integer> reader : late) {
                        assertThat(reader.get()).isZero();
                    }
                } finally {
                    enough.set(true);
                }
            }
        }
    }

    @Test
    void whatWasWithdrawnOrHasAnotherAddressIsAnsweredFromMemoryAsWell() throws Exception {
        NoticeId id = publish("Bientôt retiré");
        String address = "/avis/" + id.ref() + "/bientot-retire";
        String shortened = "/avis/" + id.ref();
        HttpResponse<byte[]> moved = fromMemory(shortened);
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location")).hasValue(address);

        town.withdraw(id, "Une erreur.");

        HttpResponse<byte[]> made = get(address);
        HttpResponse<byte[]> kept = fromMemory(address);
        assertThat(made.statusCode()).isEqualTo(410);
        assertThat(kept.statusCode()).isEqualTo(410);
        assertThat(kept.body()).isEqualTo(made.body());
        assertThat(get(address, "If-None-Match", "*").statusCode()).isEqualTo(410);
    }

    /** A browser shows nothing of a page without its colours; phones ask for icons and worker when an alert rings on all of them. */
    @Test
    void whateverAPageIsMadeOfAndWhereAnAlertSendsPeopleComesFromMemory() throws Exception {
        Town now = town.server().bean(Towns.class).get(town.town().id());
        Set<String> asked = new TreeSet<>(Set.of(
                "/prevenir",
                "/en/prevenir",
                "/sw.js",
                "/icones/192.png",
                "/icones/badge.png",
                TownPaths.portrait(now)));
        for (String page : List.of("/", "/en")) {
            Matcher link = Pattern.compile("<(?:link rel=\"(?!alternate|canonical)[^\"]+\"|script|img)[^>]*?"
                            + " (?:href|src)=\"(/[^\"]+)\"")
                    .matcher(page(page));
            while (link.find()) {
                asked.add(link.group(1));
            }
        }
        Matcher icon = Pattern.compile("\"src\":\"([^\"]+)\"").matcher(page("/manifest.webmanifest"));
        while (icon.find()) {
            asked.add(icon.group(1));
        }
        assertThat(asked)
                .contains(
                        TownPaths.colours(now),
                        TownPaths.arms(now),
                        "/manifest.webmanifest",
                        "/en/icones/180.png",
                        "/icones/512.png?v=" + now.version());
        for (String address : asked) {
            HttpResponse<byte[]> kept = fromMemory(address);
            HttpResponse<byte[]> made = get(address + (address.contains("?") ? "&" : "?") + "made=anew");
            assertThat(kept.statusCode()).as(address).isEqualTo(200);
            assertThat(kept.body()).as(address).isEqualTo(made.body());
            assertThat(kept.headers().firstValue("Cache-Control").orElse("").contains("immutable"))
                    .as(address)
                    .isEqualTo(!address.matches(
                            ".*(?:/|/prevenir|/sw\\.js|/manifest\\.webmanifest|/icones/[a-z0-9]+\\.png)"));
        }
    }

    /** An alert's map is looked at by everybody who reads the alert. */
    @Test
    void aNoticesPicturesComeFromMemoryUntilItIsWithdrawn() throws Exception {
        BufferedImage map = new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB);
        map.setRGB(10, 10, Color.BLUE.getRGB());
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        ImageIO.write(map, "jpg", drawn);
        String hash = town.server()
                .bean(Media.class)
                .add(town.town().id().value(), new ByteArrayInputStream(drawn.toByteArray()), "plan.jpg")
                .hash();
        PictureUse picture = new PictureUse(
                hash, new TreeMap<>(Map.of("fr", "Le plan des rues fermées")), false, "", Content.Focus.CENTRE);
        NoticeId id = town.publish(town.pictured(town.news("Rues fermées", "Un résumé.", "Un texte."), picture));
        String address = "/images/" + hash + "/640.jpg";
        String tag = "\"" + hash + "-640\"";

        HttpResponse<byte[]> kept = fromMemory(address);
        HttpResponse<byte[]> made = get(address + "?made=anew");

        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(kept.body()).isEqualTo(made.body());
        for (String said : List.of("Content-Type", "Cache-Control", "Cross-Origin-Resource-Policy", "ETag")) {
            assertThat(kept.headers().firstValue(said))
                    .as(said)
                    .isPresent()
                    .isEqualTo(made.headers().firstValue(said));
        }
        assertThat(fromMemory(address, "If-None-Match", tag).statusCode()).isEqualTo(304);
        HttpResponse<byte[]> part = fromMemory(address, "Range", "bytes=0-9");
        assertThat(part.body()).isEqualTo(made.body());
        assertThat(part.headers().firstValue("Accept-Ranges")).isEmpty();

        town.withdraw(id, "Le plan était faux.");
        assertThat(get(address).statusCode()).isEqualTo(410);
        assertThat(get(address, "If-None-Match", tag).statusCode()).isEqualTo(410);
    }

    private HttpResponse<byte[]> fromMemory(String path, String... headers) throws Exception {
        AtomicReference<HttpResponse<byte[]>> answer = new AtomicReference<>();
        // After half a second it is made once more.
        Await.until(() -> {
            try {
                double before = metric("tambour_live_answers_total{from=\"memory\"} ");
                answer.set(get(path, headers));
                return metric("tambour_live_answers_total{from=\"memory\"} ") > before;
            } catch (IOException e) {
                // A connection that was left alone for long, closed as it is used again.
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return answer.get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json, text/plain, */*",
                "application/feed+json, application/json;q=0.9",
                "application/activity+json",
                "application/json, text/html;q=0.5"
            })
    void programsThatAskForJsonByNameAreAnsweredFromMemory(String accept) throws Exception {
        for (String path : List.of("/", "/en/agenda", "/flux/avis.json", "/flux/avis.rss", "/alertes")) {
            HttpResponse<byte[]> kept = fromMemory(path, "Accept", accept);
            assertThat(kept.statusCode()).isEqualTo(200);
            assertThat(kept.body()).as(path).isEqualTo(get(path).body());
        }
    }

    /** What is there for programs is ActivityStreams; of other JSON there is none, and the page is given. */
    @Test
    void atANoticesAddressOnlyActivityStreamsIsGivenInsteadOfThePage() throws Exception {
        NoticeId id = town.publish(town.news("Partagée", "Un résumé.", "Un texte.")
                .withChannels(new TreeSet<>(Set.of("website", "fediverse"))));
        for (String prefix : List.of("", "/en")) {
            String path = prefix + "/avis/" + id.ref() + "/partagee";
            for (String accept : List.of(
                    "application/json",
                    "application/json, text/plain, */*",
                    "text/html",
                    "application/activity+json; profile=\"open to its end")) {
                HttpResponse<byte[]> page = fromMemory(path, "Accept", accept);
                assertThat(page.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("text/html");
                assertThat(page.headers().allValues("Vary")).as(path).containsExactly("Accept, Accept-Encoding");
            }
            for (String accept : List.of(
                    "application/activity+json",
                    "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
                    "application/json, application/activity+json, */*;q=0.1")) {
                HttpResponse<byte[]> activity = fromMemory(path, "Accept", accept);
                assertThat(activity.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/activity+json");
                assertThat(activity.headers().allValues("Vary")).as(path).containsExactly("Accept, Accept-Encoding");
            }
        }
    }

    @Test
    void aProgramIsToldInItsOwnWordsThatThereIsNothing() throws Exception {
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> nothing = get("/avis/0000000000000", "Accept", "application/json");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(nothing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    /** Whoever asks for one thing under many addresses has it made once, or is counted among those who are not spared. */
    @Test
    void noWordBehindAnAddressMakesAnotherOne() throws Exception {
        String styles = town.server().bean(Assets.class).url("site.css");
        String arms =
                TownPaths.arms(town.server().bean(Towns.class).get(town.town().id()));
        get(styles);
        get("/");
        double kept = kept();
        for (int i = 0; i < 20; i++) {
            assertThat(get("/fonts/atkinson.woff2?v=" + i).statusCode()).isEqualTo(200);
            assertThat(get("/styles/site-0000000" + i % 10 + ".css").statusCode())
                    .isEqualTo(200);
            assertThat(get("/;n=" + i).statusCode()).isEqualTo(400);
            assertThat(get("/%61ctualites").statusCode()).isBetween(200, 404);
            int version = 1_000 + i;
            assertThat(get("/ville/" + version + ".css").statusCode()).isEqualTo(200);
            for (String other : List.of(
                    "/ville/armes.svg?v=" + version,
                    arms + "&n=" + i,
                    "/icones/192.png?v=" + version,
                    "/prevenir?n=" + i,
                    "/?n=" + i)) {
                HttpResponse<byte[]> made = get(other);
                assertThat(made.statusCode()).as(other).isEqualTo(200);
                assertThat(made.headers().firstValue("Cache-Control").orElse(""))
                        .as(other)
                        .satisfies(
                                said -> assertThat(said.contains("immutable")).isEqualTo(other.contains("&")));
            }
        }
        assertThat(kept()).isLessThanOrEqualTo(kept + 1);
    }

    private double kept() throws Exception {
        return metric("tambour_live_kept ");
    }

    private double metric(String name) throws IOException, InterruptedException {
        HttpResponse<String> metrics = http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + town.server().managementPort() + "/actuator/prometheus"))
                        .build(),
                BodyHandlers.ofString());
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private String raw(String request, String... fields) throws IOException {
        return rawAt("localhost", request, fields);
    }

    private String rawAt(String host, String request, String... fields) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", town.server().port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write((request + "\r\nHost: " + host + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
