package fr.tambour.outbound;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is posted.
 *
 * @param headers beside those that the connection itself needs
 * @param leaveBy from then on it does not leave any more, wherever it waits; null where that is never too late
 */
public record OutboundRequest(
        URI address,
        Map<String, String> headers,
        byte[] body,
        @Nullable Instant leaveBy) {}
