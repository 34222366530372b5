package fr.tambour.outbound.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet: those of IANA's IPv4 and IPv6 special-purpose registries that are not
 * globally reachable do not (RFC 6890), and no form of IPv6 hides one.
 */
final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC_4 = blocks(
            "0.0.0.0/8", // this network, and the unspecified address
            "10.0.0.0/8", // private (RFC 1918)
            "100.64.0.0/10", // a carrier's own (RFC 6598)
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local (RFC 3927), where clouds tell their secrets
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments (RFC 6890)
            "192.0.2.0/24", // documentation (RFC 5737)
            "192.88.99.0/24", // 6to4 relays, withdrawn (RFC 7526)
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks (RFC 2544)
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and the broadcast address

    /** Where unicast is given out; loopback, unique-local, link-local, multicast and all else lie outside (RFC 4291). */
    private static final Block GLOBAL_6 = Block.of("2000::/3");

    private static final List<Block> NOT_PUBLIC_6 = blocks(
            "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID (RFC 2928)
            "2001:db8::/32", // documentation (RFC 3849)
            "2002::/16", // 6to4, which carries any IPv4 address (RFC 3056)
            "3fff::/20"); // documentation (RFC 9637)

    private static final Block MAPPED = Block.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96);

    /** NAT64 (RFC 6052): an IPv4 address in its last four bytes, which is what is reached. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        return contain(address.getAddress());
    }

    /** @param address 4 or 16 bytes */
    static boolean contain(byte[] address) {
        if (address.length == 4) {
            return outside(NOT_PUBLIC_4, address);
        }
        if (MAPPED.holds(address) || NAT64.holds(address)) {
            return contain(Arrays.copyOfRange(address, 12, 16));
        }
        return GLOBAL_6.holds(address) && outside(NOT_PUBLIC_6, address);
    }

    private static boolean outside(List<Block> blocks, byte[] address) {
        return blocks.stream().noneMatch(block -> block.holds(address));
    }

    private static List<Block> blocks(String... blocks) {
        return Stream.of(blocks).map(Block::of).toList();
    }

    /** All addresses that begin as {@code prefix} does, for that many bits. */
    private record Block(byte[] prefix, int bits) {

        static Block of(byte[] prefix, int bits) {
            return new Block(prefix, bits);
        }

        static Block of(String block) {
            int slash = block.indexOf('/');
            try {
                return of(
                        InetAddress.getByName(block.substring(0, slash)).getAddress(),
                        Integer.parseInt(block.substring(slash + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(block, e);
            }
        }

        boolean holds(byte[] address) {
            int whole = bits / 8;
            int rest = bits % 8;
            return address.length == prefix.length
                    && Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0);
        }
    }
}
