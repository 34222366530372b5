package fr.tambour.phone.internal;

import java.security.interfaces.ECPrivateKey;

/**
 * By which a town's pushes are known to come from it (RFC 8292).
 *
 * @param publicKey 65 bytes uncompressed; a device's subscription is bound to it ({@code applicationServerKey})
 * @param subject whom a push service writes to, {@code https:} or {@code mailto:} (RFC 8292 section 2.1)
 */
public record VapidKey(ECPrivateKey privateKey, byte[] publicKey, String subject) {}
