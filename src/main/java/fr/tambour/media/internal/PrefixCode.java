package fr.tambour.media.internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * A prefix code of a lossless WebP stream (RFC 9649, 3.7.2.1). Only what is whole and without doubt is read: of anything
 * else two readers may think differently.
 */
final class PrefixCode {

    private static final int LONGEST = 15;
    private static final int[] ORDER_OF_LENGTHS = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** How many symbols have a code of each length. */
    private final int[] counts = new int[LONGEST + 1];

    /** By length, then by value. */
    private final int[] symbols;

    private PrefixCode(int[] lengths) throws IOException {
        Arrays.stream(lengths).filter(length -> length > 0).forEach(length -> counts[length]++);
        symbols = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    symbols[at++] = symbol;
                }
            }
        }
        if (symbols.length != 1 && !complete()) {
            throw new IOException("A prefix code with too many or too few symbols");
        }
    }

    private boolean complete() {
        int open = 1;
        for (int length = 1; length <= LONGEST; length++) {
            open = 2 * open - counts[length];
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }

    static PrefixCode read(LosslessBits bits, int alphabet) throws IOException {
        return new PrefixCode(bits.flag() ? simple(bits, alphabet) : coded(bits, alphabet));
    }

    private static int[] simple(LosslessBits bits, int alphabet) throws IOException {
        boolean two = bits.flag();
        int first = bits.read(bits.flag() ? 8 : 1);
        int last = two ? bits.read(8) : first;
        if (two && last <= first || last >= alphabet) {
            throw new IOException("Symbols that are none, or out of order");
        }
        int[] lengths = new int[alphabet];
        lengths[first] = 1;
        lengths[last] = 1;
        return lengths;
    }

    private static int[] coded(LosslessBits bits, int alphabet) throws IOException {
        int[] ofLengths = new int[ORDER_OF_LENGTHS.length];
        int said = 4 + bits.read(4);
        for (int i = 0; i < said; i++) {
            ofLengths[ORDER_OF_LENGTHS[i]] = bits.read(3);
        }
        PrefixCode code = new PrefixCode(ofLengths);
        int tokens = bits.flag() ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
        if (tokens > alphabet) {
            throw new IOException("More code lengths than symbols");
        }
        int[] lengths = new int[alphabet];
        int previous = 8;
        for (int symbol = 0; symbol < alphabet && tokens > 0; tokens--) {
            int token = code.next(bits);
            if (token < 16) {
                lengths[symbol++] = token;
                previous = token == 0 ? previous : token;
            } else {
                int repeated = switch (token) {
                    case 16 -> 3 + bits.read(2);
                    case 17 -> 3 + bits.read(3);
                    default -> 11 + bits.read(7);
                };
                if (repeated > alphabet - symbol) {
                    throw new IOException("More code lengths than symbols");
                }
                Arrays.fill(lengths, symbol, symbol + repeated, token == 16 ? previous : 0);
                symbol += repeated;
            }
        }
        return lengths;
    }

    /** A code of one symbol takes no bits. */
    int next(LosslessBits bits) throws IOException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int at = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = code << 1 | bits.read(1);
            first <<= 1;
            if (code - first < counts[length]) {
                return symbols[at + code - first];
            }
            at += counts[length];
            first += counts[length];
        }
        throw new IOException("No such code");
    }
}
