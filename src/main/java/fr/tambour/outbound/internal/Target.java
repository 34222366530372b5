package fr.tambour.outbound.internal;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One address as far as it can be judged without asking anybody. */
sealed interface Target {

    int HTTPS = 443;

    Set<String> LOOPBACK = Set.of("[::1]", "localhost");

    /** All of them are this machine (RFC 1122 section 3.2.1.3). */
    Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /** What is longer names nothing that a push service gives out. */
    int LONGEST = 2048;

    /**
     * May be asked for.
     *
     * @param tls only on this very machine, and only by configuration, is there none
     * @param host in small letters, an IPv6 address without its brackets
     * @param path with its query
     */
    record Callable(boolean tls, String host, int port, String path) implements Target {}

    record Forbidden(String reason) implements Target {}

    /** @param loopback whether this machine may be called, on any port and without TLS */
    static Target of(URI address, boolean loopback) {
        String host = address.getHost();
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        boolean plain = loopback && "http".equalsIgnoreCase(address.getScheme()) && isLoopback(String.valueOf(host));
        if (!tls && !plain) {
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
        if (port < 1 || port > 65535 || (port != HTTPS && !loopback)) {
            return new Forbidden("port " + port);
        }
        return new Callable(tls, bare(host.toLowerCase(Locale.ROOT)), port, path(address));
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || LOOPBACK_4.matcher(host).matches();
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
