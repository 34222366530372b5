package fr.tambour.town;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of hosts, as requests give them and as administrators type them. */
public final class HostName {

    private static final String LOCAL = ".localhost";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PORT = Pattern.compile(":[0-9]{0,5}$");

    private HostName() {}

    /** Without port and final dot, lower case. */
    public static String ofHeader(String header) {
        String host = header.strip().toLowerCase(Locale.ROOT);
        // Asked of every request, and mostly there is none.
        if (host.indexOf(':') >= 0) {
            host = PORT.matcher(host).replaceFirst("");
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /**
     * What somebody typed as a host name: accents become the ASCII form of DNS (RFC 5891), a scheme, port or path that
     * was pasted along is dropped. Empty if nothing useful is left.
     */
    public static Optional<String> typed(String text) {
        String host = text.strip().replaceFirst("(?i)^https?://", "");
        int end = host.indexOf('/');
        host = ofHeader(end < 0 ? host : host.substring(0, end));
        if (LOOPBACK.contains(host)) {
            return Optional.of(host);
        }
        try {
            host = IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
        if (host.length() > 253 || host.isEmpty()) {
            return Optional.empty();
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(host);
    }

    /** `localhost` and the loopback addresses. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host);
    }

    /** « clairval » of `clairval.localhost`. */
    public static Optional<String> slugOfLocal(String host) {
        return host.endsWith(LOCAL) ? Optional.of(host.substring(0, host.length() - LOCAL.length())) : Optional.empty();
    }
}
