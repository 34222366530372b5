package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The chunks of a WebP (RFC 9649). A frame must not be larger than the canvas announced before it, since readers
 * allocate for either.
 */
final class WebpHeader {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private int width;
    private int height;
    private boolean frame;

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
        header.chunks(file.slice(FIRST_CHUNK, Math.max(0, (int) end - FIRST_CHUNK)), false);
        if (!header.frame) {
            throw new IOException("No picture");
        }
        return Header.without(header.width, header.height, bytes)
                .withExif(header.exif)
                .whole(header.whole);
    }

    private void chunks(ByteBuffer chunks, boolean withinFrame) throws IOException {
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
            chunk(new String(name, StandardCharsets.ISO_8859_1), body, withinFrame);
            // Chunks begin at even places.
            at += CHUNK_HEADER + (int) length + ((int) length & 1);
        }
    }

    private void chunk(String name, ByteBuffer body, boolean withinFrame) throws IOException {
        switch (name) {
            case "VP8X" -> canvas(1 + int24(body, 4), 1 + int24(body, 7));
            case "VP8 " -> frame(body.getShort(6) & 0x3FFF, body.getShort(8) & 0x3FFF);
            case "ALPH" -> whole = true;
            case "VP8L" -> {
                whole = true;
                int sizes = body.getInt(1);
                frame(1 + (sizes & 0x3FFF), 1 + (sizes >>> 14 & 0x3FFF));
            }
            case "ANMF" -> {
                if (withinFrame) {
                    throw new IOException("A frame within a frame");
                }
                frame(1 + int24(body, 6), 1 + int24(body, 9));
                chunks(body.slice(FRAME_HEADER, body.limit() - FRAME_HEADER), true);
            }
            case "EXIF" -> exif = exif(body);
            default -> {
                // Profiles and what others may add say nothing about size.
            }
        }
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
