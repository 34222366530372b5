package fr.tambour.outbound;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is sent.
 *
 * @param headers beside those that the connection itself needs
 * @param body nothing where it is only read
 * @param mostBody how many bytes of the answer are kept
 * @param leaveBy from then on it does not leave any more, wherever it waits; null where that is never too late
 * @param wanted asked as it is about to leave, which may be a while after it was handed over: whether it still may. On any thread,
 *     which it does not hold up
 */
public record OutboundRequest(
        Method method,
        URI address,
        Map<String, String> headers,
        byte[] body,
        int mostBody,
        @Nullable Instant leaveBy,
        BooleanSupplier wanted) {

    /** What is asked for. */
    public enum Method {
        GET,
        POST
    }

    /** Posts; of the answer its first {@value OutboundAnswer#MOST_BODY} bytes are kept. */
    public OutboundRequest(
            URI address, Map<String, String> headers, byte[] body, @Nullable Instant leaveBy, BooleanSupplier wanted) {
        this(Method.POST, address, headers, body, OutboundAnswer.MOST_BODY, leaveBy, wanted);
    }

    /** Posts what nobody calls back. */
    public OutboundRequest(URI address, Map<String, String> headers, byte[] body, @Nullable Instant leaveBy) {
        this(address, headers, body, leaveBy, () -> true);
    }

    /** Reads, at any time. */
    public static OutboundRequest get(URI address, Map<String, String> headers, int mostBody) {
        return new OutboundRequest(Method.GET, address, headers, new byte[0], mostBody, null, () -> true);
    }
}
