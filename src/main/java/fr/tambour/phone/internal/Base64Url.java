package fr.tambour.phone.internal;

import java.util.Base64;

/** RFC 4648 section 5, without padding: as push services and browsers write keys. */
public final class Base64Url {

    private Base64Url() {}

    public static String of(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException if it is not base64url */
    public static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
