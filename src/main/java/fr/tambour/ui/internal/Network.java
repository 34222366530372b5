package fr.tambour.ui.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.server.Request;

/** Where a request comes from, for counting only: never stored, never logged. */
final class Network {

    private static final int BYTES = 8;

    private Network() {}

    /** The address, of IPv6 the /64: one subscriber has all of it. */
    static String of(Request request) {
        return of(Request.getRemoteAddr(request));
    }

    static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address parsed
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
