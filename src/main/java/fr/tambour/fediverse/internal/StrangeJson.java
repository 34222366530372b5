package fr.tambour.fediverse.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What strangers send, read as plain JSON: contexts are not looked at, and never fetched. Bounded in depth and in the length
 * of its names and numbers; what says one thing twice says nothing.
 */
final class StrangeJson {

    static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 50;
    private static final long MOST_TOKENS = 20_000;
    private static final int LONGEST_ADDRESS = 1_024;
    private static final int HTTPS = 443;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNameLength(1_000)
                            .maxNumberLength(100)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private StrangeJson() {}

    /** Empty where it is no JSON object, or no decent one. */
    static Optional<ObjectNode> read(byte[] bytes) {
        try {
            return bytes.length <= MOST_BYTES && MAPPER.readTree(bytes) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The text of a field, or nothing. */
    static String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isString() ? value.asString() : "";
    }

    /** An identifier, which stands there by itself or within what it identifies. */
    static Optional<URI> id(JsonNode value) {
        JsonNode bare = value.isObject() ? value.path("id") : value;
        return bare.isString() ? address(bare.asString()) : Optional.empty();
    }

    /** Identifiers, of which one may stand there or several. */
    static Stream<URI> ids(JsonNode value) {
        return each(value).stream().flatMap(one -> id(one).stream());
    }

    /** What may stand there once or several times. */
    static List<JsonNode> each(JsonNode value) {
        if (value.isArray()) {
            List<JsonNode> all = new ArrayList<>();
            value.forEach(all::add);
            return all;
        }
        return value.isMissingNode() || value.isNull() ? List.of() : List.of(value);
    }

    /** A web address with a host, as it is signed and asked for: the host in small letters, no port where it is the usual one. */
    static Optional<URI> address(String text) {
        // What is no ASCII counts as what it takes in an index.
        if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_ADDRESS) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean secure = scheme.equals("https");
            if (!secure && !scheme.equals("http") || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            String port = uri.getPort() == -1 || secure && uri.getPort() == HTTPS ? "" : ":" + uri.getPort();
            String rest = text.substring(
                    text.indexOf("//") + 2 + uri.getRawAuthority().length());
            return Optional.of(new URI(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + rest));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Where one address leads from another. */
    static Optional<URI> resolved(URI from, String location) {
        try {
            return address(from.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether two addresses are the same server's. */
    static boolean sameHost(URI one, URI other) {
        return one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }
}
