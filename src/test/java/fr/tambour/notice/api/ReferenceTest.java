package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Generated;
import fr.tambour.testing.TambourServer;
import fr.tambour.ui.Words;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reference says all that there is, and is the one that is committed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {

    private static final String MADE = "/made-from-the-controllers.json";

    private static final Pattern REFUSED = Pattern.compile(
            "new (?:Api)?Refusal\\(\\s*HttpStatus\\.\\w+,\\s*\"([a-z.-]+)\"|of(?:Field|Value)\\(\\s*\"([a-z.-]+)\"");

    private ApiTown town;
    private JsonNode document;

    @BeforeAll
    void start() throws Exception {
        town = new ApiTown(TambourServer.unprepared(
                Dialect.SQLITE,
                "--tambour.timer.enabled=false",
                "--springdoc.api-docs.enabled=true",
                "--springdoc.api-docs.path=" + MADE));
        document = JsonMapper.shared().readTree(get(MADE, "*/*").body());
    }

    @AfterAll
    void stop() {
        town.close();
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(town.tambour.url("clairval", path))
                                .header("Accept", accept)
                                .header("Accept-Language", "en")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theCommittedDocumentIsWhatTheControllersSay() {
        Generated.file("docs/reference/openapi.json").mustBe(document.toPrettyString() + "\n");
    }

    @Test
    void theServedDocumentIsTheCommittedOne() throws Exception {
        HttpResponse<String> served = get("/api/openapi.json", "*/*");
        assertThat(served.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(served.body()).isEqualTo(Files.readString(Path.of("docs/reference/openapi.json")));
    }

    /** By the schema that the OpenAPI Initiative publishes, its schema objects by the dialect of OpenAPI 3.1. */
    @Test
    void theDocumentIsValid() {
        String home = "https://spec.openapis.org/oas/3.1/";
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(
                        ids -> ids.mapPrefix("https://spec.openapis.org/", "classpath:spec.openapis.org/")));
        Schema openapi = registry.getSchema(SchemaLocation.of(home + "schema-base/2022-10-07"));
        assertThat(openapi.validate(document)).isEmpty();
        ((ObjectNode) document.at("/paths/~1api~1v1~1me/get")).put("operationId", 7);
        assertThat(openapi.validate(document))
                .as("the schema would find a mistake")
                .isNotEmpty();
        ((ObjectNode) document.at("/paths/~1api~1v1~1me/get")).put("operationId", "getMe");
    }

    @Test
    void theTableOfProblemsIsMadeFromTheCode() {
        StringBuilder table = new StringBuilder("""
                # Problems of the API

                Made from the code. Whatever is refused is answered as `application/problem+json` (RFC 9457). `code` never changes its \
                meaning; the sentence is here in English, an ellipsis stands for what differs from time to time.

                | Code | Status | Sentence |
                |---|---|---|
                """);
        Words words = town.tambour.bean(Words.class).in(Locale.ENGLISH);
        for (Problems.Problem problem : Problems.ALL) {
            table.append("| `%s` | %d | %s |\n"
                    .formatted(problem.code(), problem.status(), Reference.sentence(words, problem)));
        }
        Generated.file("docs/reference/problems.md").mustBe(table.toString());
    }

    @Test
    void theDocumentNamesNoTownAndNoHost() {
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("servers").path(0).path("url").asString()).isEqualTo("/");
        assertThat(document.toString()).doesNotContain("localhost").doesNotContain("Clairval\"");
    }

    @Test
    void everyOperationIsDescribedAndNamesItsRefusals() {
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    assertThat(operation.path("summary").asString("")).as(path).isNotBlank();
                    assertThat(operation.path("description").asString(""))
                            .as(path)
                            .isNotBlank();
                    assertThat(operation.path("responses").has("401")).as(path).isTrue();
                    boolean keyed = operation
                            .path("parameters")
                            .valueStream()
                            .anyMatch(it -> it.path("name").asString("").equals("Idempotency-Key"));
                    assertThat(keyed).as(method + " " + path).isEqualTo(method.equals("post"));
                }));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Matcher ref = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(document.toString());
        int found = 0;
        while (ref.find()) {
            assertThat(document.at(ref.group(1)).isMissingNode())
                    .as(ref.group(1))
                    .isFalse();
            found++;
        }
        assertThat(found).isPositive();
    }

    @Test
    void thePageShowsEveryOperationAndEveryProblem() throws Exception {
        HttpResponse<String> page = get("/api", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        document.path("paths")
                .forEachEntry((path, item) -> item.forEach(operation -> assertThat(page.body())
                        .contains("id=\"" + operation.path("operationId").asString() + "\"")));
        Problems.ALL.forEach(problem -> assertThat(page.body()).contains("id=\"problem-" + problem.code() + "\""));
        assertThat(page.body()).doesNotContain("<script>").doesNotContain("style=");
    }

    @Test
    void everyRefusalOfNoticesIsListed() throws IOException {
        Set<String> listed = Problems.ALL.stream().map(Problems.Problem::code).collect(Collectors.toSet());
        Set<String> thrown = new TreeSet<>();
        for (String folder : new String[] {"notice/api", "notice/internal"}) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/fr/tambour", folder))) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    Matcher refused = REFUSED.matcher(Files.readString(file));
                    while (refused.find()) {
                        thrown.add(refused.group(1) == null ? refused.group(2) : refused.group(1));
                    }
                }
            }
        }
        // Completed where they are thrown; set by the studio only.
        thrown.removeAll(Set.of("notice.illegal-step.", "notice.unknown-", "notice.policy.emergency"));
        assertThat(thrown).isNotEmpty();
        assertThat(listed).containsAll(thrown);
    }

    @Test
    void theApiHasAWordForEveryWordOfTheDomain() {
        same(fr.tambour.notice.Kind.values(), Vocabulary.Kind.values());
        same(fr.tambour.notice.DraftState.values(), Vocabulary.DraftState.values());
        same(fr.tambour.notice.PublicState.values(), Vocabulary.PublicState.values());
        same(fr.tambour.notice.Action.values(), Vocabulary.Action.values());
        same(fr.tambour.notice.Finding.Weight.values(), Vocabulary.Weight.values());
        same(fr.tambour.notice.Content.Emergency.Severity.values(), Vocabulary.Severity.values());
        same(fr.tambour.notice.Content.Repeat.Frequency.values(), Vocabulary.Frequency.values());
    }

    private static void same(Enum<?>[] domain, Enum<?>[] api) {
        assertThat(Arrays.stream(api).map(Enum::name))
                .containsExactlyElementsOf(Arrays.stream(domain).map(Enum::name).toList());
    }
}
