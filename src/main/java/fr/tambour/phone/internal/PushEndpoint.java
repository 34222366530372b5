package fr.tambour.phone.internal;

import java.net.URI;

/**
 * Where one device is reached (Push API, PushSubscription).
 *
 * @param address the push resource, as the push service gave it to the device (RFC 8030 section 4)
 * @param publicKey the device's P-256 key, 65 bytes uncompressed (RFC 8291 section 3.1)
 * @param secret the authentication secret, 16 bytes (RFC 8291 section 3.2)
 */
public record PushEndpoint(URI address, byte[] publicKey, byte[] secret) {}
