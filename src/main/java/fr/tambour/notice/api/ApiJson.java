package fr.tambour.notice.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as the API reads and writes it. Strict on the way in: a field that nobody knows, a number where a text belongs, a
 * name given twice are refused by name rather than guessed, so that a program learns of its mistake on the first try.
 */
@Component
class ApiJson {

    /** Bytes of a request's JSON. The longest notice that a person could write takes a quarter of it. */
    static final int MOST_BYTES = 1_000_000;

    /** How deep JSON may be nested; a notice needs six. */
    static final int MOST_DEPTH = 50;

    private final JsonMapper strict = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Enum, word -> word.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** For what this application wrote itself, perhaps in its last version. */
    private final JsonMapper own = strict.rebuild()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    JsonMapper mapper() {
        return strict;
    }

    byte[] write(Object value) {
        return strict.writeValueAsBytes(value);
    }

    <T> T readOwn(String json, Class<T> type) {
        return own.readValue(json, type);
    }

    /**
     * What a program sent.
     *
     * @throws ApiRefusal 400, naming the field where there is one
     */
    Object read(byte[] json, Class<?> type) {
        try {
            Object value = strict.readValue(json, type);
            if (value == null) {
                throw new ApiRefusal(HttpStatus.BAD_REQUEST, "api.body-missing");
            }
            Required.check(value, "");
            return value;
        } catch (JacksonException e) {
            throw refusal(e);
        }
    }

    private static ApiRefusal refusal(JacksonException e) {
        if (e instanceof StreamConstraintsException limit) {
            return limit.getOriginalMessage().contains("nesting depth")
                    ? new ApiRefusal(HttpStatus.BAD_REQUEST, "api.json-too-deep", MOST_DEPTH)
                    : new ApiRefusal(
                            HttpStatus.BAD_REQUEST,
                            "api.json-too-long",
                            StreamReadConstraints.DEFAULT_MAX_NUM_LEN,
                            StreamReadConstraints.DEFAULT_MAX_NAME_LEN);
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return ApiRefusal.ofField("api.unknown-field", Place.of(unknown));
        }
        if (e instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return ApiRefusal.ofField("api.wrong-type", Place.of(mismatch), expected(mismatch.getTargetType()));
        }
        if (e instanceof StreamReadException syntax
                && syntax.getOriginalMessage().startsWith("Duplicate")) {
            return new ApiRefusal(HttpStatus.BAD_REQUEST, "api.duplicate-field", line(e));
        }
        return e.getPath().isEmpty()
                ? new ApiRefusal(HttpStatus.BAD_REQUEST, "api.not-json", line(e))
                : ApiRefusal.ofField("api.wrong-type", Place.of(e), "");
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "";
        }
        if (type.isEnum()) {
            return Vocabulary.words(type);
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true, false";
        }
        if (type == String.class) {
            return "\"…\"";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "123";
        }
        return Iterable.class.isAssignableFrom(type) ? "[…]" : "{…}";
    }
}
