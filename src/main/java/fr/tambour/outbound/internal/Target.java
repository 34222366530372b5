package fr.tambour.outbound.internal;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One address as far as it can be judged without asking anybody. */
sealed interface Target {

    int HTTPS = 443;

    /** What is longer names nothing that a push service gives out. */
    int LONGEST = 2048;

    /**
     * May be asked for.
     *
     * @param host in small letters, an IPv6 address without its brackets
     * @param path with its query
     */
    record Callable(String host, int port, String path) implements Target {}

    record Forbidden(String reason) implements Target {}

    static Target of(URI address, boolean anyPort) {
        String host = address.getHost();
        if (!"https".equalsIgnoreCase(address.getScheme())) {
            return new Forbidden("not an https address");
        }
        if (host == null || host.isEmpty()) {
            return new Forbidden("an address without a host");
        }
        if (address.getRawUserInfo() != null) {
            return new Forbidden("an address with a user's name");
        }
        if (address.toString().length() > LONGEST) {
            return new Forbidden("an address of more than " + LONGEST + " characters");
        }
        int port = address.getPort() == -1 ? HTTPS : address.getPort();
        if (port < 1 || port > 65535 || (port != HTTPS && !anyPort)) {
            return new Forbidden("port " + port);
        }
        return new Callable(bare(host.toLowerCase(Locale.ROOT)), port, path(address));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String path(URI address) {
        String path = address.getRawPath();
        @Nullable String query = address.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }
}
