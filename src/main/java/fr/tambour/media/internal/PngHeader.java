package fr.tambour.media.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG. Only those that make pixels are handed on: readers inflate texts and profiles without a limit,
 * so that a few bytes there may become gigabytes.
 */
final class PngHeader {

    private static final Set<String> MAKE_PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int SIGNATURE = 8;

    /** Length, type and checksum. */
    private static final int AROUND = 12;

    private PngHeader() {}

    static Header read(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).position(SIGNATURE);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream(bytes.length);
        pixels.write(bytes, 0, SIGNATURE);
        int width = 0;
        int height = 0;
        byte[] exif = {};
        String type = "";
        while (!type.equals("IEND")) {
            int at = file.position();
            if (file.remaining() < AROUND) {
                throw new IOException("Cut off");
            }
            int length = file.getInt();
            if (length < 0 || length > file.remaining() - 8) {
                throw new IOException("A chunk longer than the file");
            }
            type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (at == SIGNATURE) {
                if (!type.equals("IHDR") || length != 13) {
                    throw new IOException("The header is not first");
                }
                width = file.getInt(at + 8);
                height = file.getInt(at + 12);
            }
            if (MAKE_PIXELS.contains(type)) {
                check(bytes, at, length);
                pixels.write(bytes, at, length + AROUND);
            } else if (type.equals("eXIf") && length <= Header.EXIF_BYTES) {
                exif = new byte[length];
                file.get(at + 8, exif);
            }
            file.position(at + length + AROUND);
        }
        return Header.without(width, height, pixels.toByteArray()).withExif(exif);
    }

    private static void check(byte[] bytes, int at, int length) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes, at + 4, length + 4);
        if ((int) sum.getValue() != ByteBuffer.wrap(bytes).getInt(at + 8 + length)) {
            throw new IOException("A chunk's checksum is wrong");
        }
    }
}
