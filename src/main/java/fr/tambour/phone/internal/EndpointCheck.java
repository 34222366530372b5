package fr.tambour.phone.internal;

import fr.tambour.ui.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * Looks at a subscription that a stranger sends, without asking anybody: a public name behind https, a key that is a point
 * of P-256, a secret of the right length. What the name leads to is looked at by `outbound`, with each connection.
 */
final class EndpointCheck {

    private static final int MOST_CHARACTERS = 1_024;
    private static final int SECRET_BYTES = 16;

    /** `outbound` calls others at no other port. */
    private static final int HTTPS = 443;

    private static final Pattern PUBLIC_NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> LOCAL_ENDS =
            Set.of("localhost", "local", "internal", "lan", "home", "arpa", "onion", "invalid", "test");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    private static final Set<String> SERVICES = Set.of("fcm.googleapis.com", "updates.push.services.mozilla.com");
    private static final List<String> SERVICE_ENDS =
            List.of(".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com");

    private final boolean loopback;

    /** @param loopback whether push services on this machine are taken too, as `outbound` calls them */
    EndpointCheck(boolean loopback) {
        this.loopback = loopback;
    }

    /** @param known one of the services that browsers bring */
    record Checked(PushEndpoint endpoint, String origin, boolean known) {}

    /** @throws Refusal 422 {@code phone.endpoint}, {@code phone.keys} */
    Checked check(String address, String publicKey, String secret) {
        URI endpoint = endpoint(address);
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return new Checked(
                new PushEndpoint(endpoint, publicKey(publicKey), bytes(secret, SECRET_BYTES)), host, isKnown(host));
    }

    static boolean isKnown(String host) {
        return SERVICES.contains(host) || SERVICE_ENDS.stream().anyMatch(host::endsWith);
    }

    /** Whose a host is, nearly: a name costs a little, any number of names below it nothing. */
    static String domain(String host) {
        String[] parts = host.split("\\.", -1);
        return isOnThisMachine(host) || parts.length < 2
                ? host
                : parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    static boolean isOnThisMachine(String host) {
        return LOOPBACK.contains(host);
    }

    private URI endpoint(String address) {
        if (address.length() > MOST_CHARACTERS) {
            throw badEndpoint();
        }
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || !address.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    || !(uri.getPort() == -1 || uri.getPort() == HTTPS || loopback)
                    || !isAllowed(String.valueOf(uri.getScheme()), uri.getHost().toLowerCase(Locale.ROOT))) {
                throw badEndpoint();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw badEndpoint();
        }
    }

    private boolean isAllowed(String scheme, String host) {
        return loopback && LOOPBACK.contains(host)
                || scheme.equals("https")
                        && PUBLIC_NAME.matcher(host).matches()
                        && !LOCAL_ENDS.contains(host.substring(host.lastIndexOf('.') + 1));
    }

    private static byte[] publicKey(String text) {
        byte[] key = bytes(text, P256.POINT);
        if (!P256.isPoint(key)) {
            throw badKeys();
        }
        return key;
    }

    private static byte[] bytes(String text, int length) {
        try {
            byte[] bytes = Base64Url.bytes(text.replaceFirst("=*$", ""));
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As with another length.
        }
        throw badKeys();
    }

    private static Refusal badEndpoint() {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.endpoint", MOST_CHARACTERS);
    }

    private static Refusal badKeys() {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "phone.keys");
    }
}
