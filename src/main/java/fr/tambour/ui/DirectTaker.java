package fr.tambour.ui;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what programs leave at places of a module by the thousand, once it has arrived whole, without the way through filters
 * and servlets. What it does not take goes that way.
 */
public interface DirectTaker {

    /** Empty where it comes to none of its places. Asked with every body that is no form, on a thread that may wait. */
    Optional<CompletableFuture<Answer>> take(Arrived arrived);

    /**
     * @param from the address it comes from: for counting only
     * @param scheme by which whoever sent it reached us
     * @param host as in the Host header, without port
     * @param authority as in the Host header
     * @param path decoded
     * @param target path and query, as in the request line
     * @param headers of one name in the order in which they came
     */
    record Arrived(
            String method,
            String from,
            String scheme,
            String host,
            String authority,
            String path,
            String target,
            Map<String, List<String>> headers,
            byte[] body) {}

    /** @param fields beside those that every answer has */
    record Answer(int status, Map<String, String> fields, byte[] body) {}
}
