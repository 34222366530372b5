package fr.tambour.media.internal;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import fr.tambour.media.Media.Limits;
import fr.tambour.ui.Refusal;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Makes pixels of foreign bytes. The header is believed only as far as it can do no harm: what it announces is checked
 * before anything is allocated, and a picture larger than needed is never whole in memory.
 */
final class Decoder {

    /** The widest size kept; a source is subsampled while reading until it is at most twice that. */
    static final int WIDEST = 1920;

    private static final Set<String> FORMATS = Set.of("jpeg", "png", "webp");

    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

    /** A WebP is decoded whole before it can be subsampled: what that may take at most, in pixels. */
    private static final int WEBP_PIXELS = 50_000_000;

    private Decoder() {}

    /** Upright, at most twice {@link #WIDEST} wide, RGB or ARGB. */
    static BufferedImage decode(byte[] bytes) {
        String format = format(bytes);
        if (format == null) {
            throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media.not-a-picture");
        }
        try {
            return upright(read(bytes, format), orientation(bytes));
        } catch (IOException | RuntimeException e) {
            // Decoders answer foreign bytes with any exception; what they mean is the same.
            if (e instanceof Refusal refusal) {
                throw refusal;
            }
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.broken");
        }
    }

    /** By the first bytes, whatever the file is called. */
    static @Nullable String format(byte[] bytes) {
        if (starts(bytes, 0, JPEG)) {
            return "jpeg";
        }
        if (starts(bytes, 0, PNG)) {
            return "png";
        }
        if (starts(bytes, 0, new byte[] {'R', 'I', 'F', 'F'}) && starts(bytes, 8, new byte[] {'W', 'E', 'B', 'P'})) {
            return "webp";
        }
        return null;
    }

    private static boolean starts(byte[] bytes, int at, byte[] with) {
        return bytes.length >= at + with.length && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
    }

    private static BufferedImage read(byte[] bytes, String format) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
            if (!FORMATS.contains(format) || !readers.hasNext()) {
                throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media.not-a-picture");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(reader, format);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage read(ImageReader reader, String format) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width <= 0 || height <= 0) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.broken");
        }
        long most = format.equals("webp") ? Math.min(WEBP_PIXELS, Limits.PIXELS) : Limits.PIXELS;
        if (width * height > most) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.too-many-pixels", most / 1_000_000);
        }
        int step = step(width, height);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, param);
    }

    /** Every how many pixels one is enough: what remains is still at least as wide as the widest size, where it was. */
    static int step(long width, long height) {
        return (int) Math.max(1, Math.max(width, height) / (2L * WIDEST));
    }

    /** EXIF 0x0112, 1 to 8; 1 where it is not said or not readable. */
    static int orientation(byte[] bytes) {
        try {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            int said = exif != null && exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? exif.getInt(ExifIFD0Directory.TAG_ORIENTATION)
                    : 1;
            return said >= 1 && said <= 8 ? said : 1;
        } catch (ImageProcessingException | MetadataException | IOException | RuntimeException e) {
            return 1;
        }
    }

    /** Turned and mirrored as EXIF says, into plain RGB or ARGB. */
    static BufferedImage upright(BufferedImage read, int orientation) {
        boolean turned = orientation >= 5;
        int width = turned ? read.getHeight() : read.getWidth();
        int height = turned ? read.getWidth() : read.getHeight();
        boolean alpha = read.getColorModel().hasAlpha();
        BufferedImage upright =
                new BufferedImage(width, height, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = upright.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        canvas.drawImage(read, turn(orientation, read.getWidth(), read.getHeight()), null);
        canvas.dispose();
        return upright;
    }

    /** Columns of the matrix: where x and y of the stored picture go (EXIF 2.32, 4.6.4 A). */
    private static AffineTransform turn(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
