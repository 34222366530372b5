package fr.tambour.media.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segments of a JPEG up to its first scan (ITU-T T.81, annex B), how many scans there are, and whether its end is there. */
final class JpegHeader {

    /** Encoders make about ten; every one goes over the whole picture, even one of no bytes. */
    static final int MOST_SCANS = 64;

    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int START_OF_SCAN = 0xDA;
    private static final int QUANTIZATION_TABLES = 0xDB;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int COMMENT = 0xFE;
    private static final int END = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP15 = 0xEF;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private JpegHeader() {}

    static Header read(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).position(2);
        int width = 0;
        int height = 0;
        byte[] exif = {};
        while (true) {
            int marker = marker(file);
            if (!mayStandBeforeAScan(marker)) {
                throw new IOException("Neither baseline nor progressive, or no marker that may stand here");
            }
            ByteBuffer segment = segment(file);
            if (isFrame(marker)) {
                if (width != 0 || height != 0) {
                    throw new IOException("A second frame");
                }
                height = segment.getShort(1) & 0xFFFF;
                width = segment.getShort(3) & 0xFFFF;
            } else if (marker == APP1 && exif.length == 0) {
                exif = exif(segment);
            } else if (marker == START_OF_SCAN) {
                break;
            }
        }
        scans(file);
        return Header.without(width, height, bytes).withExif(exif);
    }

    /** From within the first scan to the end marker. Decoders fill what is missing with grey and say nothing. */
    private static void scans(ByteBuffer file) throws IOException {
        int scans = 1;
        while (true) {
            int marker = next(file);
            if (marker == END) {
                return;
            }
            if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
                throw new IOException("More scans than encoders make");
            }
            if (isFrame(marker)) {
                throw new IOException("A second frame");
            }
            // Restarts, and what decoders pass over by itself: nothing belongs to them.
            if (marker >= 0xC0 && (marker < 0xD0 || marker > 0xD8)) {
                segment(file);
            }
        }
    }

    /** Within a scan a byte FF is followed by 00; whatever else stands between two markers, decoders pass over. */
    private static int next(ByteBuffer file) throws IOException {
        while (true) {
            index(file);
            if ((file.get() & 0xFF) == 0xFF) {
                int code = code(file);
                if (code != 0) {
                    return code;
                }
            }
        }
    }

    private static int marker(ByteBuffer file) throws IOException {
        if ((file.get(index(file)) & 0xFF) != 0xFF) {
            throw new IOException("No marker where one must be");
        }
        return code(file);
    }

    private static int code(ByteBuffer file) throws IOException {
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

    /**
     * Of the frames only SOF0 to SOF2, which the JDK decodes, line by line; a lossless one (SOF3) is another decoder's, which
     * holds it whole several times. Over a marker that decoders do not know they would not agree with us how far to go.
     */
    private static boolean mayStandBeforeAScan(int marker) {
        return switch (marker) {
            case 0xC0, 0xC1, 0xC2, HUFFMAN_TABLES, START_OF_SCAN, QUANTIZATION_TABLES, RESTART_INTERVAL, COMMENT ->
                true;
            default -> marker >= APP0 && marker <= APP15;
        };
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
}
