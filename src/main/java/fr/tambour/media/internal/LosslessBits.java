package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bits of a lossless WebP stream, the least significant of each byte first (RFC 9649, 3.1). */
final class LosslessBits {

    private final ByteBuffer bytes;
    private long at;

    LosslessBits(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    boolean flag() throws IOException {
        return read(1) == 1;
    }

    /** @param count up to 31 */
    int read(int count) throws IOException {
        if (at + count > 8L * bytes.limit()) {
            throw new IOException("The stream ends too early");
        }
        int value = 0;
        for (int bit = 0; bit < count; bit++, at++) {
            value |= (bytes.get((int) (at >> 3)) >> (at & 7) & 1) << bit;
        }
        return value;
    }
}
