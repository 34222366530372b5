package fr.tambour.ui;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a request comes from, for counting only: never stored, never logged. */
public final class Network {

    private static final int BYTES = 7;

    private Network() {}

    /**
     * The address, of IPv6 the /56: one subscriber commonly has all of it (RIPE-690).
     *
     * @param address as a request tells it; what is no address stays as it is, and no name is looked up
     */
    public static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address parsed
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
