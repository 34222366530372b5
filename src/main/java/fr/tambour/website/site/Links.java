package fr.tambour.website.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Values inside `mailto:` and `sms:` links (RFC 6068: spaces are %20, never plus signs). */
public final class Links {

    private Links() {}

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
