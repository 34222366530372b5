package fr.tambour.media.internal;

import java.io.IOException;

/**
 * What a file says about itself, read without decoding or inflating anything, so that what it announces can be refused
 * before memory is spent on it.
 *
 * @param width as stored, before it is turned upright
 * @param exif the EXIF block as a TIFF structure; empty where there is none
 * @param pixels the file reduced to what makes its pixels
 * @param whole whether decoders hold all of it, four bytes a pixel, whatever they are told to skip
 */
record Header(int width, int height, byte[] exif, byte[] pixels, boolean whole) {

    private static final byte[] NONE = {};

    /** EXIF blocks fit into one JPEG segment; what is larger elsewhere is not worth reading. */
    static final int EXIF_BYTES = 65_535;

    static Header of(Format format, byte[] bytes) throws IOException {
        try {
            return switch (format) {
                case JPEG -> JpegHeader.read(bytes);
                case PNG -> PngHeader.read(bytes);
                case WEBP -> WebpHeader.read(bytes);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("The file ends too early", e);
        }
    }

    static Header without(int width, int height, byte[] pixels) {
        return new Header(width, height, NONE, pixels, false);
    }

    Header withExif(byte[] block) {
        return new Header(width, height, block, pixels, whole);
    }

    Header whole(boolean held) {
        return new Header(width, height, exif, pixels, held);
    }

    long area() {
        return (long) width * height;
    }
}
