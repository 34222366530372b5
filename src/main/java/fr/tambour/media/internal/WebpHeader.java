package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The chunks of a WebP (RFC 9649). A frame must not be larger than the canvas announced before it, since readers
 * allocate for either.
 */
final class WebpHeader {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int LOSSLESS_HEADER = 5;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private int width;
    private int height;
    private boolean frame;

    /** Of an animation only the first frame is ever decoded. */
    private boolean firstSeen;

    /** Lossless, or with transparency that is. */
    private boolean whole;

    private byte[] exif = {};

    private WebpHeader() {}

    static Header read(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long end = (file.getInt(4) & 0xFFFF_FFFFL) + 8;
        if (end > bytes.length) {
            throw new IOException("Cut off");
        }
        WebpHeader header = new WebpHeader();
        header.chunks(file.slice(FIRST_CHUNK, Math.max(0, (int) end - FIRST_CHUNK)));
        if (!header.frame) {
            throw new IOException("No picture");
        }
        byte[] pixels = end == bytes.length ? bytes : Arrays.copyOf(bytes, (int) end);
        return Header.without(header.width, header.height, pixels)
                .withExif(header.exif)
                .whole(header.whole);
    }

    private void chunks(ByteBuffer chunks) throws IOException {
        Set<String> seen = new HashSet<>();
        each(chunks, (name, body) -> {
            switch (name) {
                case "VP8X" -> canvas(1 + int24(body, 4), 1 + int24(body, 7));
                case "ANMF" -> frame(body);
                case "EXIF" -> exif = exif(body);
                default -> picture(name, body, width, height, seen);
            }
        });
    }

    private void frame(ByteBuffer body) throws IOException {
        int frameWidth = 1 + int24(body, 6);
        int frameHeight = 1 + int24(body, 9);
        frame(frameWidth, frameHeight);
        if (firstSeen) {
            return;
        }
        firstSeen = true;
        Set<String> seen = new HashSet<>();
        int end = each(body.slice(FRAME_HEADER, body.limit() - FRAME_HEADER), (name, part) -> {
            if (name.equals("ANMF") || name.equals("VP8X")) {
                throw new IOException("A frame within a frame");
            }
            picture(name, part, frameWidth, frameHeight, seen);
        });
        if (end < body.limit() - FRAME_HEADER) {
            // Readers would take what comes behind the frame for part of it.
            throw new IOException("A frame that ends within a chunk");
        }
    }

    private interface Chunk {
        void read(String name, ByteBuffer body) throws IOException;
    }

    /** @return where the last one ends; one more than there is where it is not padded */
    private static int each(ByteBuffer chunks, Chunk chunk) throws IOException {
        chunks.order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + CHUNK_HEADER <= chunks.limit()) {
            byte[] name = new byte[4];
            chunks.get(at, name);
            long length = chunks.getInt(at + 4) & 0xFFFF_FFFFL;
            if (length > chunks.limit() - at - CHUNK_HEADER) {
                throw new IOException("A chunk longer than the file");
            }
            ByteBuffer body = chunks.slice(at + CHUNK_HEADER, (int) length).order(ByteOrder.LITTLE_ENDIAN);
            chunk.read(new String(name, StandardCharsets.ISO_8859_1), body);
            // Chunks begin at even places.
            at += CHUNK_HEADER + (int) length + ((int) length & 1);
        }
        return at;
    }

    /**
     * What makes pixels, once each: readers decode all that they find.
     *
     * @param within 0 where nothing was announced
     */
    private void picture(String name, ByteBuffer body, int within, int high, Set<String> seen) throws IOException {
        switch (name) {
            case "VP8 " -> {
                once("picture", seen);
                frame(body.getShort(6) & 0x3FFF, body.getShort(8) & 0x3FFF);
            }
            case "VP8L" -> {
                once("picture", seen);
                whole = true;
                int sizes = body.getInt(1);
                int lossless = 1 + (sizes & 0x3FFF);
                int losslessHigh = 1 + (sizes >>> 14 & 0x3FFF);
                frame(lossless, losslessHigh);
                if (within != 0 && (lossless != within || losslessHigh != high)) {
                    throw new IOException("A lossless picture that does not fill its frame");
                }
                check(rest(body, LOSSLESS_HEADER), lossless, losslessHigh);
            }
            case "ALPH" -> {
                once("transparency", seen);
                whole = true;
                if ((body.get(0) & 3) == 1) {
                    check(rest(body, 1), within, high);
                }
            }
            default -> {
                // Profiles and what others may add say nothing about size.
            }
        }
    }

    private static void once(String what, Set<String> seen) throws IOException {
        if (!seen.add(what)) {
            throw new IOException("A second " + what);
        }
    }

    /** More pixels than are taken are refused for that, by whoever knows how many those are. */
    private static void check(ByteBuffer stream, int width, int height) throws IOException {
        if ((long) width * height <= Decoder.PIXELS_WHOLE) {
            LosslessStream.check(stream, width, height);
        }
    }

    private static ByteBuffer rest(ByteBuffer body, int from) {
        return body.slice(from, body.limit() - from);
    }

    private void canvas(int announcedWidth, int announcedHeight) throws IOException {
        if (width != 0) {
            throw new IOException("A second canvas");
        }
        width = announcedWidth;
        height = announcedHeight;
    }

    private void frame(int frameWidth, int frameHeight) throws IOException {
        if (width == 0) {
            canvas(frameWidth, frameHeight);
        }
        if (frameWidth > width || frameHeight > height) {
            throw new IOException("A frame larger than its canvas");
        }
        frame = true;
    }

    private static int int24(ByteBuffer from, int at) {
        return (from.get(at) & 0xFF) | (from.get(at + 1) & 0xFF) << 8 | (from.get(at + 2) & 0xFF) << 16;
    }

    private static byte[] exif(ByteBuffer body) {
        if (body.limit() > Header.EXIF_BYTES) {
            return new byte[0];
        }
        byte[] block = new byte[body.limit()];
        body.get(0, block);
        boolean prefixed = block.length > EXIF.length && Arrays.equals(block, 0, EXIF.length, EXIF, 0, EXIF.length);
        return prefixed ? Arrays.copyOfRange(block, EXIF.length, block.length) : block;
    }
}
