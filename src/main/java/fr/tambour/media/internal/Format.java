package fr.tambour.media.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What is taken in, told by the first bytes whatever the file is called. */
enum Format {
    JPEG("jpeg"),
    PNG("png"),
    WEBP("webp");

    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

    private final String reader;

    Format(String reader) {
        this.reader = reader;
    }

    /** As ImageIO calls it. */
    String reader() {
        return reader;
    }

    static Optional<Format> of(byte[] bytes) {
        if (holds(bytes, 0, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (holds(bytes, 0, PNG_START)) {
            return Optional.of(PNG);
        }
        if (holds(bytes, 0, "RIFF") && holds(bytes, 8, "WEBP")) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    /** Drawings as text: they may hold programs, and nothing here could take those out for certain. */
    static boolean looksLikeSvg(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1);
        return start.contains("<svg");
    }

    /** What telephones of one maker make unless told otherwise, and its kin: ISO media files with a still picture. */
    static boolean looksLikeHeic(byte[] bytes) {
        return holds(bytes, 4, "ftypheic")
                || holds(bytes, 4, "ftypheix")
                || holds(bytes, 4, "ftypmif1")
                || holds(bytes, 4, "ftypavif");
    }

    private static boolean holds(byte[] bytes, int at, String ascii) {
        return holds(bytes, at, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean holds(byte[] bytes, int at, byte[] what) {
        return bytes.length >= at + what.length && Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
    }
}
