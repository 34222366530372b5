package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundClient;
import java.time.Duration;

/**
 * What one origin (a name at one checked address) may take.
 *
 * @param connect until there is a connection with room on it, TLS and the wait in our own line included
 * @param answer from then on until the whole answer is there
 * @param whole for all of it, the name's resolution and every sending anew included
 * @param http2Connections each carries as many requests at once as the other side allows
 * @param http1Connections each carries one
 * @param waiting requests for which there is no room on a connection yet; what is beyond is told at once
 */
record Limits(
        Duration connect, Duration answer, Duration whole, int http2Connections, int http1Connections, int waiting) {

    static final Limits ORDINARY =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), OutboundClient.LONGEST, 2, 16, 4_096);
}
