package fr.tambour.website;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdOptions.ProcessingPolicy;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page tells machines, as a JSON-LD processor understands it that had no part in writing it. A term that schema.org
 * does not have, or has for another type, fails.
 */
record Thing(JsonObject node) {

    private static final String SCHEMA = "http://schema.org/";
    private static final Pattern SCRIPT =
            Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL);
    private static final JsonObject VOCABULARY = vocabulary();

    Thing {
        check(node);
    }

    /** With all the things within it. */
    private static void check(JsonObject node) {
        String terms = VOCABULARY.getJsonObject("terms").getString(type(node), "");
        assertThat(List.of(terms.split(" ")))
                .as("what %s has", type(node))
                .containsAll(node.keySet().stream()
                        .filter(term -> !term.startsWith("@"))
                        .map(term -> term.substring(SCHEMA.length()))
                        .toList());
        node.values().stream()
                .filter(JsonArray.class::isInstance)
                .flatMap(values -> values.asJsonArray().stream())
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .filter(value -> value.containsKey("@type") && !value.containsKey("@value"))
                .forEach(Thing::check);
    }

    static Thing on(String page) {
        Matcher script = SCRIPT.matcher(page);
        assertThat(script.find()).isTrue();
        return read(script.group(1));
    }

    static Thing read(String json) {
        JsonLdOptions options = new JsonLdOptions((address, how) -> context(address));
        options.setUndefinedTermsPolicy(ProcessingPolicy.Fail);
        try {
            JsonArray things = JsonLd.expand(JsonDocument.of(new StringReader(json)))
                    .options(options)
                    .get();
            assertThat(things).hasSize(1);
            return new Thing(things.getJsonObject(0));
        } catch (JsonLdError e) {
            throw new AssertionError(json, e);
        }
    }

    private static Document context(URI address) throws JsonLdError {
        if (!address.toString().matches("https://schema\\.org/?")) {
            throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "Not schema.org's: " + address);
        }
        return JsonDocument.of(VOCABULARY);
    }

    private static JsonObject vocabulary() {
        InputStream in = Objects.requireNonNull(Thing.class.getResourceAsStream("/fr/tambour/website/schema-org.json"));
        try (JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    /** Its type's name. */
    String type() {
        return type(node);
    }

    private static String type(JsonObject node) {
        return node.getJsonArray("@type").getString(0).replace(SCHEMA, "");
    }

    boolean has(String term) {
        return node.containsKey(SCHEMA + term);
    }

    String text(String term) {
        assertThat(texts(term)).as(term).hasSize(1);
        return texts(term).getFirst();
    }

    /** Texts, dates and addresses. */
    List<String> texts(String term) {
        return values(term).stream()
                .map(JsonValue::asJsonObject)
                .map(value -> value.getString(value.containsKey("@value") ? "@value" : "@id"))
                .toList();
    }

    Instant instant(String term) {
        return OffsetDateTime.parse(text(term)).toInstant();
    }

    Thing thing(String term) {
        assertThat(values(term)).as(term).hasSize(1);
        return new Thing(values(term).getFirst().asJsonObject());
    }

    private List<JsonValue> values(String term) {
        return Objects.requireNonNull(node.getJsonArray(SCHEMA + term), term);
    }
}
