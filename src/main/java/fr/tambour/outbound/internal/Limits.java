package fr.tambour.outbound.internal;

import java.time.Duration;

/**
 * What one origin (a name at one checked address) may take.
 *
 * @param connect until the connection stands, TLS included
 * @param answer from then on until the whole answer is there
 * @param http2Connections each carries as many requests at once as the other side allows
 * @param http1Connections each carries one
 * @param waiting requests for which there is no room on a connection yet; what is beyond is told at once
 */
record Limits(Duration connect, Duration answer, int http2Connections, int http1Connections, int waiting) {

    static final Limits ORDINARY = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), 2, 16, 4_096);
}
