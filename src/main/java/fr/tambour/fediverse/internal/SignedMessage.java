package fr.tambour.fediverse.internal;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request as far as a signature speaks of it.
 *
 * @param method in capitals
 * @param target as whoever signs it knows it: scheme, authority, path and query
 * @param headers by their names in small letters, those of one name in the order in which they came
 * @param body nothing where there is none
 */
public record SignedMessage(String method, URI target, Map<String, List<String>> headers, byte[] body) {

    public SignedMessage {
        Map<String, List<String>> small = new TreeMap<>();
        headers.forEach((name, values) -> small.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = small;
    }

    /** RFC 9110 section 5.3: several of one name are one, with commas between. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .map(values -> values.stream().map(String::strip).collect(Collectors.joining(", ")));
    }

    /** Path and query, as they stand in the request line. */
    String requestTarget() {
        String path = target.getRawPath();
        String query = target.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }
}
