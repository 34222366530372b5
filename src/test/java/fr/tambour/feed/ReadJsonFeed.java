package fr.tambour.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A JSON Feed as programs see it that had no part in writing it: held against the words of version 1.1 by a validator,
 * then read by Parsson, which refuses a name that stands twice.
 */
final class ReadJsonFeed {

    private static final Schema SCHEMA = schema();

    private ReadJsonFeed() {}

    static JsonObject of(String body) {
        assertThat(errors(body)).as(body).isEmpty();
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    static List<Error> errors(String body) {
        return SCHEMA.validate(
                body,
                InputFormat.JSON,
                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static Schema schema() {
        try (InputStream in =
                Objects.requireNonNull(ReadJsonFeed.class.getResourceAsStream("/fr/tambour/feed/json-feed-1.1.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
