package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The start of a lossless WebP stream (RFC 9649, 3), read as far as it says what a reader allocates beside the pixels: a
 * table for each prefix code, of which a few bytes can announce 65,536 groups of five, and a picture for each transform.
 */
final class LosslessStream {

    /**
     * What the reference encoder, libwebp, makes at most ({@code MAX_HUFF_IMAGE_SIZE}); the reader needs less than 50 kB
     * for each.
     */
    static final int MOST_GROUPS = 2_600;

    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;

    private final LosslessBits bits;
    private final int height;
    private int width;

    private LosslessStream(LosslessBits bits, int width, int height) {
        this.bits = bits;
        this.width = width;
        this.height = height;
    }

    /** @param stream from the first transform on */
    static void check(ByteBuffer stream, int width, int height) throws IOException {
        LosslessStream lossless = new LosslessStream(new LosslessBits(stream), width, height);
        lossless.transforms();
        if (lossless.groups() > MOST_GROUPS) {
            throw new IOException("More groups of prefix codes than encoders make");
        }
    }

    private void transforms() throws IOException {
        int seen = 0;
        while (bits.flag()) {
            int type = bits.read(2);
            if ((seen >> type & 1) == 1) {
                throw new IOException("The same transform twice");
            }
            seen |= 1 << type;
            switch (type) {
                case 0, 1 -> blocks(2 + bits.read(3));
                case 3 -> colours(1 + bits.read(8));
                default -> {
                    // Subtracting green says nothing more.
                }
            }
        }
    }

    /** As many pixels go into one byte as its eight bits can hold indices. */
    private void colours(int count) throws IOException {
        highest(count, 1);
        width = divided(width, count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3);
    }

    private int groups() throws IOException {
        cache();
        return bits.flag() ? 1 + blocks(2 + bits.read(3)) : 1;
    }

    private int blocks(int sizeBits) throws IOException {
        return highest(divided(width, sizeBits), divided(height, sizeBits));
    }

    /**
     * Reads past a picture within the stream.
     *
     * @return the highest number that red and green make together: among what is written out, since everything else repeats
     *     an earlier pixel
     */
    private int highest(int across, int down) throws IOException {
        int cached = cache();
        PrefixCode green = PrefixCode.read(bits, LITERALS + LENGTHS + cached);
        PrefixCode red = PrefixCode.read(bits, LITERALS);
        PrefixCode blue = PrefixCode.read(bits, LITERALS);
        PrefixCode alpha = PrefixCode.read(bits, LITERALS);
        PrefixCode distance = PrefixCode.read(bits, DISTANCES);
        int highest = 0;
        long left = (long) across * down;
        while (left > 0) {
            int code = green.next(bits);
            if (code < LITERALS) {
                highest = Math.max(highest, red.next(bits) << 8 | code);
                blue.next(bits);
                alpha.next(bits);
                left--;
            } else if (code < LITERALS + LENGTHS) {
                left -= value(code - LITERALS);
                value(distance.next(bits));
            } else {
                left--;
            }
        }
        if (left < 0) {
            throw new IOException("A repetition longer than the picture");
        }
        return highest;
    }

    /** @return how many colours are remembered */
    private int cache() throws IOException {
        if (!bits.flag()) {
            return 0;
        }
        int size = bits.read(4);
        if (size < 1 || size > 11) {
            throw new IOException("A colour cache of no allowed size");
        }
        return 1 << size;
    }

    /** Of a length or distance (3.6.2.2). */
    private int value(int prefix) throws IOException {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extra = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extra) + bits.read(extra) + 1;
    }

    private static int divided(int size, int by) {
        return size + (1 << by) - 1 >> by;
    }
}
