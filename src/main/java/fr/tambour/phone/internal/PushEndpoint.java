package fr.tambour.phone.internal;

import java.net.URI;

/**
 * Where one device is reached (Push API, PushSubscription).
 *
 * @param address the push resource, as the push service gave it to the device (RFC 8030 section 4)
 * @param publicKey the device's P-256 key, 65 bytes uncompressed (RFC 8291 section 3.1)
 * @param secret the authentication secret, 16 bytes (RFC 8291 section 3.2)
 */
public record PushEndpoint(URI address, byte[] publicKey, byte[] secret) {

    /** As it is kept: keys in base64url. */
    static PushEndpoint of(String address, String publicKey, String secret) {
        return new PushEndpoint(URI.create(address), Base64Url.bytes(publicKey), Base64Url.bytes(secret));
    }
}
