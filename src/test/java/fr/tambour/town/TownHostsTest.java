package fr.tambour.town;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A new installation gets its first town, then a second; each step stands on the one before. */
@TestMethodOrder(OrderAnnotation.class)
class TownHostsTest {

    private static TambourServer tambour;
    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        tambour = TambourServer.start(Dialect.SQLITE);
    }

    @AfterAll
    static void stop() {
        tambour.close();
    }

    private HttpResponse<String> get(String host, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tambour.port() + path))
                .header("Host", host + ":" + tambour.port()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private static Town add(String name, String host) {
        return tambour.bean(Towns.class).add(TestTowns.CLAIRVAL, TestTowns.profile(name, host), false);
    }

    static {
        // The Host header is what is tested here; the JDK's client keeps it to itself otherwise.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    @Test
    @Order(1)
    void beforeSetUpEveryPageLeadsThere() throws Exception {
        for (String host : List.of("localhost", "avis.clairval.fr", "clairval.localhost")) {
            HttpResponse<String> answer = get(host, "/agenda");
            assertThat(answer.statusCode()).as(host).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/mise-en-place");
        }
        HttpResponse<String> program = get("localhost", "/api/v1/notices");
        assertThat(program.statusCode()).isEqualTo(503);
        assertThat(program.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(program.body()).contains("town.not-set-up");
    }

    @Test
    @Order(2)
    void theOnlyTownIsShownOnItsHostsAndOnLocalhostAndNobodyElsesHostIs() throws Exception {
        Town town = add("Clairval", "avis.clairval.fr");

        for (String host :
                List.of("avis.clairval.fr", "AVIS.Clairval.fr", "localhost", "127.0.0.1", "clairval.localhost")) {
            HttpResponse<String> answer = get(host, TownPaths.colours(town));
            assertThat(answer.statusCode()).as(host).isEqualTo(200);
            assertThat(answer.body()).contains("--town:#0d5b63");
        }
        HttpResponse<String> unknown = get("avis.voisine.fr", "/");
        assertThat(unknown.statusCode()).isEqualTo(421);
        assertThat(unknown.body()).contains("avis.voisine.fr");
        assertThat(get("autre.localhost", "/").statusCode()).isEqualTo(421);
    }

    @Test
    @Order(3)
    void aTownsColoursMayBeKeptUntilTheyChange() throws Exception {
        Towns towns = tambour.bean(Towns.class);
        Town town = towns.bySlug("clairval").orElseThrow();
        assertThat(get("localhost", TownPaths.colours(town))
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""))
                .contains("immutable");

        Town changed = towns.change(town.id(), town.version(), TestTowns.profile("Clairval", "avis.clairval.fr"));

        assertThat(TownPaths.colours(changed)).isNotEqualTo(TownPaths.colours(town));
        assertThat(get("localhost", TownPaths.colours(town)).headers().firstValue("Cache-Control"))
                .contains("no-cache");
    }

    @Test
    @Order(4)
    void aTownWithoutArmsHasAShieldWithItsInitials() throws Exception {
        HttpResponse<String> shield = get("localhost", "/ville/armes.svg");

        assertThat(shield.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(shield.body()).contains(">C</text>");
    }

    @Test
    @Order(5)
    void withTwoTownsLocalhostLetsOneChooseAndKeepsThePageThatWasAskedFor() throws Exception {
        add("Vaubrun", "avis.vaubrun.fr");

        HttpResponse<String> led = get("localhost", "/agenda");
        assertThat(led.statusCode()).isEqualTo(303);
        HttpResponse<String> chooser =
                get("localhost", led.headers().firstValue("Location").orElseThrow());
        assertThat(chooser.statusCode()).isEqualTo(200);
        assertThat(chooser.body())
                .contains("http://clairval.localhost:" + tambour.port() + "/agenda")
                .contains("http://vaubrun.localhost:" + tambour.port() + "/agenda");
        assertThat(get("vaubrun.localhost", "/ville/armes.svg").body()).contains(">V</text>");
    }

    /** What is kept in memory of one is never given to the other, though both have it under the same address. */
    @Test
    @Order(6)
    void eachTownHasItsOwnArmsAndColoursWhateverVersionOfTheOthersIsAskedFor() throws Exception {
        Towns towns = tambour.bean(Towns.class);
        Town clairval = towns.bySlug("clairval").orElseThrow();
        Town vaubrun = towns.bySlug("vaubrun").orElseThrow();
        assertThat(clairval.version()).isNotEqualTo(vaubrun.version());
        for (int i = 0; i < 3; i++) {
            for (Town asked : List.of(clairval, vaubrun)) {
                for (Town town : List.of(clairval, vaubrun)) {
                    HttpResponse<String> arms = get(town.slug() + ".localhost", TownPaths.arms(asked));
                    assertThat(arms.body()).contains(">" + town.name().charAt(0) + "</text>");
                    HttpResponse<String> colours = get(town.slug() + ".localhost", TownPaths.colours(asked));
                    for (HttpResponse<String> look : List.of(arms, colours)) {
                        assertThat(look.headers().firstValue("Cache-Control").orElse(""))
                                .contains(town.equals(asked) ? "immutable" : "no-cache");
                    }
                }
            }
        }
    }

    @Test
    @Order(7)
    void theChooserLeadsNowhereElse() throws Exception {
        assertThat(get("localhost", "/collectivites?vers=//evil.example/").body())
                .doesNotContain("evil.example");
        assertThat(get("localhost", "/collectivites?vers=https://evil.example/").body())
                .doesNotContain("evil.example");
    }

    @Test
    @Order(8)
    void coloursArePickedWithTheirContrastSaid() throws Exception {
        HttpResponse<String> answer = get("clairval.localhost", "/mise-en-place/couleurs?une=%23ffd700&deux=e9b23f");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("1,3").contains("une=ffd700");

        assertThat(get("clairval.localhost", "/mise-en-place/couleurs.css?une=ffd700&deux=e9b23f")
                        .body())
                .startsWith("@layer tokens{.preview{");
        assertThat(get("clairval.localhost", "/mise-en-place/couleurs?une=rouge&deux=e9b23f")
                        .statusCode())
                .isEqualTo(422);
    }
}
