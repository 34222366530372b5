package fr.tambour.website;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicNotices;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An exercise stands on its own page and its account, and whoever does not know its address finds no trace of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExercisesAreNowhereTest {

    /** A word that stands nowhere else. */
    private static final String TRACE = "xylophone";

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)(?::[^{}]*(?:\\{[^{}]*}[^{}]*)*)?}");

    /** Staff's, programs' with a token, and files that hold no words. */
    private static final Pattern OTHERS = Pattern.compile(
            "/(studio|api|mise-en-place|styles|assets|fonts|marks|images|icones|ville|actuator|error).*|/\\*\\*|.*\\{bundle.*");

    private TestSite site;

    @BeforeAll
    void open() {
        site = TestSite.ofAnEmptyTown();
        site.published(site.illustrated("Un avis"));
        site.published(site.event("Un rendez-vous", "Ici"));
        site.alarm();
    }

    @AfterAll
    void close() {
        site.close();
    }

    /** Every address that a controller answers a GET at, in both languages, each variable with what leads to something. */
    private List<String> everyAddress(NoticeId exercise) {
        Map<String, List<String>> values = Map.of(
                "ref", List.of(exercise.ref()),
                "slug", List.of("culture-et-fetes", "les-tilleuls"),
                "kind", List.of("nouveautes", "rendez-vous", "infos-pratiques", "urgences", "news", "emergency"),
                "format", List.of("rss", "atom", "json", "ics"),
                "year", List.of("2026"),
                "month", List.of("11"),
                "name", List.of("ville"),
                "token", List.of("t".repeat(43)),
                "id", List.of("1"));
        Set<String> all = new LinkedHashSet<>();
        for (RequestMappingInfo info : site.bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()) {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            if (!methods.isEmpty() && !methods.contains(RequestMethod.resolve(HttpMethod.GET.name()))) {
                continue;
            }
            for (String pattern : info.getPatternValues()) {
                if (!OTHERS.matcher(pattern).matches() && !pattern.contains("/{ref")) {
                    all.addAll(filled(pattern, values));
                }
            }
        }
        all.addAll(List.of("/sitemap.xml?pages", "/sitemap.xml?mois=2026-11", "/collectivites", "/offline"));
        return Stream.concat(all.stream(), all.stream().map(path -> "/en" + path))
                .toList();
    }

    private static List<String> filled(String pattern, Map<String, List<String>> values) {
        Matcher variable = VARIABLE.matcher(pattern);
        if (!variable.find()) {
            return List.of(pattern);
        }
        List<String> known = values.get(variable.group(1));
        assertThat(known)
                .as("what stands for {%s} in %s", variable.group(1), pattern)
                .isNotNull();
        List<String> filled = new ArrayList<>();
        for (String value : known) {
            filled.addAll(filled(pattern.replace(variable.group(), value), values));
        }
        return filled;
    }

    private void nowhereBut(NoticeId exercise, int least) throws Exception {
        assertThat(site.get("/@ville/partages/" + exercise.ref()).statusCode())
                .as("no account has reposted it")
                .isEqualTo(404);
        int answered = 0;
        for (String path : everyAddress(exercise)) {
            HttpResponse<String> answer = site.get(path);
            assertThat(answer.statusCode()).as(path).isLessThan(500);
            if (answer.statusCode() == 200) {
                answered++;
            }
            assertThat(answer.body().toLowerCase(Locale.ROOT))
                    .as(path)
                    .doesNotContain(TRACE)
                    .doesNotContain(exercise.ref());
            assertThat(answer.headers().map().toString()).as(path).doesNotContain(exercise.ref());
        }
        assertThat(answered).isGreaterThan(least);
    }

    @Test
    void noPageNoFeedAndNoListNamesItWhileItStandsWhenItIsOverAndWhenItWasEnded() throws Exception {
        NoticeId id = site.exercise("Le " + TRACE + " déborde");

        nowhereBut(id, 40);
        site.corrected(id, "Le " + TRACE + " déborde encore");
        nowhereBut(id, 40);
        site.withdrawn(id, "Fin de l’exercice.");
        nowhereBut(id, 40);

        NoticeId other = site.exercise("Un autre " + TRACE);
        site.clock().advance(Duration.ofHours(26));
        site.advance();
        nowhereBut(other, 40);
    }

    @Test
    void itsPageAndItsAccountSaySoAndAreKeptAndFollowedByNobody() throws Exception {
        NoticeId id = site.exercise("Le " + TRACE + " déborde");
        String path = "/avis/" + id.ref();
        String moved = site.get(path).headers().firstValue("Location").orElseThrow();
        assertThat(moved).contains("/exercice-");
        String slug = moved.replaceFirst(".*/avis/", "/avis/");

        for (String prefix : List.of("", "/en")) {
            HttpResponse<String> page = site.get(prefix + slug);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.body())
                    .contains("<h1", "EXERCICE – Le " + TRACE)
                    .contains("name=\"robots\" content=\"noindex\"")
                    .contains("class=\"exercise\"")
                    .doesNotContain("ld+json", "og:type\" content=\"article", "class=\"alarm", "share-notice")
                    .doesNotContain("suit=" + id.ref());
            HttpResponse<String> account = site.get(prefix + path + "/bilan");
            assertThat(account.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(account.body())
                    .contains("EXERCICE – Le " + TRACE)
                    .contains("name=\"robots\" content=\"noindex\"")
                    .contains("class=\"exercise\"");
        }
        assertThat(site.get("/en" + slug).body()).contains("This is an exercise. There is nothing to do.");
        assertThat(site.get(path + "/exercice.ics").statusCode()).isEqualTo(404);
        HttpResponse<String> json = site.get(path + "/bilan.json");
        assertThat(json.body()).contains("\"exercise\":true");
        assertThat(json.headers().firstValue("Cache-Control")).contains("no-store");

        site.withdrawn(id, "Fin de l’exercice.");
        HttpResponse<String> gone = site.get(slug);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body())
                .contains("Cet exercice est terminé", "class=\"exercise\"")
                .doesNotContain("Cette alerte");
    }

    /** The text and the instruction of an alert stand nowhere but below the words that say whose they are. */
    @Test
    void whatAnAlertWouldSayStandsBelowAHeadingThatSaysSo() throws Exception {
        NoticeId id = site.exercise("Le " + TRACE + " déborde", "Tout le quai est **inondé**.");
        String page = site.get(site.get("/avis/" + id.ref())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow()
                        .replaceFirst(".*/avis/", "/avis/"))
                .body();
        String main = page.substring(page.indexOf("<main"));
        int said = main.indexOf("Ce que dirait une vraie alerte");
        assertThat(said).isPositive();
        for (String text : new String[] {"<strong>inondé</strong>", "Montez à l’étage."}) {
            assertThat(main.indexOf(text)).as(text).isGreaterThan(said);
        }
    }

    @Test
    void noOpenPageHearsOfIt() {
        JdbcClient jdbc = site.bean(JdbcClient.class);
        Long before =
                jdbc.sql("SELECT COUNT(*) FROM live_event").query(Long.class).single();
        NoticeId id = site.exercise("Le " + TRACE + " déborde");
        site.corrected(id, "Le " + TRACE + " déborde encore");
        site.withdrawn(id, "Fin de l’exercice.");

        assertThat(jdbc.sql("SELECT COUNT(*) FROM live_event").query(Long.class).single())
                .isEqualTo(before);
    }

    @Test
    void aTownThatOnlyPractisedHasPublishedNothing() {
        try (TestSite empty = TestSite.ofAnEmptyTown()) {
            empty.exercise("Le " + TRACE + " déborde");
            assertThat(empty.bean(PublicNotices.class).any(empty.town().id())).isFalse();
        }
    }
}
