package fr.tambour.fediverse.internal;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** This very machine. */
final class Loopback {

    private static final Set<String> NAMES = Set.of("[::1]", "localhost");

    /** RFC 1122 section 3.2.1.3. */
    private static final Pattern NUMBERS = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private Loopback() {}

    static boolean is(URI address) {
        String host = String.valueOf(address.getHost());
        return NAMES.contains(host) || NUMBERS.matcher(host).matches();
    }
}
