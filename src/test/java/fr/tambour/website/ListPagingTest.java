package fr.tambour.website;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeTown;
import fr.tambour.storage.Dialect;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A town that moved in with all its notices on one day: every one is still found by turning pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPagingTest {

    private static final Pattern OLDER = Pattern.compile("href=\"([^\"]+\\?avant=[^\"]+)\"");
    private static final Pattern NOTICE = Pattern.compile("href=\"/avis/([0-9a-z]{13})/");

    private final HttpClient http = HttpClient.newHttpClient();
    private NoticeTown house;
    private List<String> published;

    @BeforeAll
    void noticesOfOneInstant() {
        house = NoticeTown.on(Dialect.SQLITE);
        published = IntStream.range(0, 43)
                .mapToObj(n -> house.publish(house.news("Avis " + n, "Résumé.", "Texte.")))
                .map(NoticeId::ref)
                .toList();
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @Test
    void newsOfOneInstantAreAllFoundPageAfterPage() throws Exception {
        assertThat(turned("/actualites")).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void anArchiveOfOneInstantIsReadToItsEnd() throws Exception {
        assertThat(turned("/archives/2026/11")).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void aPageThatNobodyLinkedToIsNotFound() throws Exception {
        for (String before : List.of("1", "x", "1764000000000-" + "u".repeat(13), "-", "99999999999999999999-1")) {
            assertThat(get("/actualites?avant=" + before).statusCode())
                    .as(before)
                    .isEqualTo(404);
        }
    }

    private List<String> turned(String path) throws Exception {
        Stream.Builder<String> seen = Stream.builder();
        Optional<String> page = Optional.of(path);
        while (page.isPresent()) {
            String body = get(page.get()).body();
            NOTICE.matcher(body).results().map(link -> link.group(1)).distinct().forEach(seen);
            page = OLDER.matcher(body)
                    .results()
                    .map((MatchResult link) -> link.group(1))
                    .findFirst();
        }
        return seen.build().toList();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(house.server().url(path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
