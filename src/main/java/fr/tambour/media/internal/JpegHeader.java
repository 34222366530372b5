package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segments of a JPEG up to its first scan (ITU-T T.81, annex B), and whether its end is there. */
final class JpegHeader {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;
    private static final int APP1 = 0xE1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private JpegHeader() {}

    static Header read(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).position(2);
        int width = 0;
        int height = 0;
        byte[] exif = {};
        while (true) {
            int marker = marker(file);
            if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
                continue;
            }
            if (marker == END) {
                throw new IOException("No scan");
            }
            ByteBuffer segment = segment(file);
            if (isFrame(marker)) {
                height = segment.getShort(1) & 0xFFFF;
                width = segment.getShort(3) & 0xFFFF;
            } else if (marker == APP1 && exif.length == 0) {
                exif = exif(segment);
            } else if (marker == START_OF_SCAN) {
                break;
            }
        }
        if (!ends(bytes, file.position())) {
            // Decoders fill what is missing with grey and say nothing.
            throw new IOException("Cut off");
        }
        return Header.without(width, height, bytes).withExif(exif);
    }

    private static int marker(ByteBuffer file) throws IOException {
        if ((file.get(index(file)) & 0xFF) != 0xFF) {
            throw new IOException("No marker where one must be");
        }
        int code;
        do {
            index(file);
            code = file.get() & 0xFF;
        } while (code == 0xFF);
        return code;
    }

    private static ByteBuffer segment(ByteBuffer file) throws IOException {
        if (file.remaining() < 2) {
            throw new IOException("Cut off");
        }
        int length = (file.getShort() & 0xFFFF) - 2;
        if (length < 0 || length > file.remaining()) {
            throw new IOException("A segment longer than the file");
        }
        ByteBuffer segment = file.slice(file.position(), length);
        file.position(file.position() + length);
        return segment;
    }

    private static int index(ByteBuffer file) throws IOException {
        if (!file.hasRemaining()) {
            throw new IOException("Cut off");
        }
        return file.position();
    }

    /** SOF0 to SOF15; C4, C8 and CC are tables. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static byte[] exif(ByteBuffer segment) {
        byte[] content = new byte[segment.remaining()];
        segment.get(content);
        boolean said = content.length > EXIF.length && Arrays.equals(content, 0, EXIF.length, EXIF, 0, EXIF.length);
        return said ? Arrays.copyOfRange(content, EXIF.length, content.length) : new byte[0];
    }

    /** Within a scan a byte FF is followed by 00, so that the end marker can only be the end. */
    private static boolean ends(byte[] bytes, int from) {
        for (int at = from; at + 1 < bytes.length; at++) {
            if ((bytes[at] & 0xFF) == 0xFF && (bytes[at + 1] & 0xFF) == END) {
                return true;
            }
        }
        return false;
    }
}
