package fr.tambour.outbound;

import java.net.URI;
import java.util.Map;

/**
 * What is posted.
 *
 * @param headers beside those that the connection itself needs
 */
public record OutboundRequest(URI address, Map<String, String> headers, byte[] body) {}
