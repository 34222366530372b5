package fr.tambour.notice.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds real answers against the served OpenAPI document, by a JSON Schema validator that had no part in making it. */
final class Documented {

    private static final String HOME = "https://tambour.invalid/api/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    Documented(String json) {
        document = JsonMapper.shared().readTree(json);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(HOME, json)));
    }

    /** Fails where the answer is none that the document promises for this request. */
    void check(String method, URI address, HttpResponse<String> answer) {
        JsonNode operation = operation(method, address.getPath());
        if (operation.isMissingNode()) {
            return;
        }
        String body = answer.body();
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            valid(HOME + "#/components/schemas/Problem", body);
            return;
        }
        JsonNode promised = operation.path("responses").path(Integer.toString(answer.statusCode()));
        assertThat(promised.isMissingNode())
                .as("%s %s is documented to answer %s", method, address.getPath(), answer.statusCode())
                .isFalse();
        JsonNode schema = promised.path("content").path("application/json").path("schema");
        if (schema.isMissingNode()) {
            assertThat(body).isEmpty();
        } else {
            valid(HOME + schema.path("$ref").asString(), body);
        }
    }

    private JsonNode operation(String method, String path) {
        for (String template : document.path("paths").propertyNames()) {
            String pattern = Pattern.compile("\\{[^}]+}").matcher(template).replaceAll("[^/]+");
            if (path.matches(pattern)) {
                JsonNode operation =
                        document.path("paths").path(template).path(method.toLowerCase(java.util.Locale.ROOT));
                if (!operation.isMissingNode()) {
                    return operation;
                }
            }
        }
        return document.path("nothing");
    }

    private void valid(String location, String json) {
        Schema schema = schemas.computeIfAbsent(location, it -> registry.getSchema(SchemaLocation.of(it)));
        List<Error> errors = schema.validate(
                JsonMapper.shared().readTree(json),
                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s against %s", json, location).isEmpty();
    }
}
