package fr.tambour.fediverse.internal;

import java.net.URI;
import java.util.Set;

/** This very machine. */
final class Loopback {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "[::1]", "localhost");

    private Loopback() {}

    static boolean is(URI address) {
        return NAMES.contains(address.getHost());
    }
}
