package fr.tambour.media.internal;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import fr.tambour.media.Media.Limits;
import fr.tambour.ui.Refusal;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.springframework.http.HttpStatus;

/**
 * Makes pixels of foreign bytes. The header is believed only as far as it can do no harm: what it announces is checked
 * before anything is allocated, and a large JPEG or PNG is never whole in memory.
 */
final class Decoder {

    /**
     * What is read at most, in pixels: a larger source is subsampled while reading. A quarter of what is accepted, so
     * that every second pixel is enough, and still more than the widest size kept needs.
     */
    static final int PIXELS_READ = Limits.PIXELS / 4;

    /** What is held whole while it is decoded, 100 MB of it, may have fewer: the application has 512 MB (`-Xmx512m`). */
    static final int PIXELS_WHOLE = Limits.PIXELS / 2;

    /** Neither JPEG nor WebP has longer sides. */
    private static final int LONGEST_SIDE = 65_535;

    private Decoder() {}

    /** What the file says of itself, refused where that is no picture or too much of one. */
    static Announced announced(byte[] bytes, String name) {
        Format format = Format.of(bytes).orElseThrow(() -> notTaken(bytes, name));
        Header header;
        try {
            header = Header.of(format, bytes);
        } catch (IOException e) {
            throw broken(name);
        }
        if (header.width() <= 0 || header.height() <= 0) {
            throw broken(name);
        }
        int most = header.whole() ? PIXELS_WHOLE : Limits.PIXELS;
        if (header.area() > most || Math.max(header.width(), header.height()) > LONGEST_SIDE) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.too-many-pixels", name, most / 1_000_000);
        }
        return new Announced(format, header, name);
    }

    private static Refusal notTaken(byte[] bytes, String name) {
        String code = "media.not-a-picture";
        if (Format.looksLikeSvg(bytes)) {
            code = "media.svg";
        } else if (Format.looksLikeHeic(bytes)) {
            code = "media.heic";
        }
        return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, code, name);
    }

    private static Refusal broken(String name) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.broken", name);
    }

    /** A picture that may be decoded. */
    record Announced(Format format, Header header, String name) {}

    /**
     * Upright, {@link #PIXELS_READ} at most, RGB or ARGB. Of an animation the first picture.
     *
     * @param over whether it has taken too long
     */
    static BufferedImage decode(Announced picture, BooleanSupplier over) {
        TimedInput in = new TimedInput(picture.header().pixels(), over);
        try {
            BufferedImage read = read(picture, in);
            if (!in.stopped()) {
                return upright(read, orientation(picture.header().exif()));
            }
        } catch (IOException | RuntimeException e) {
            // Decoders answer foreign bytes with any exception; what they mean is the same.
            if (!in.stopped()) {
                throw broken(picture.name());
            }
        }
        throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "media.takes-too-long", picture.name());
    }

    private static BufferedImage read(Announced picture, TimedInput in) throws IOException {
        Header header = picture.header();
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(picture.format().reader()).next();
        try (in) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new IOException("Two headers");
            }
            int step = step(header.area());
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** Every how many pixels, in both directions, one is read. */
    static int step(long area) {
        return (int) Math.max(1, Math.ceil(Math.sqrt((double) area / PIXELS_READ)));
    }

    /** EXIF 0x0112, 1 to 8; 1 where it is not said or not readable. */
    static int orientation(byte[] exif) {
        if (exif.length == 0) {
            return 1;
        }
        Metadata metadata = new Metadata();
        try {
            new ExifReader().extract(new ByteArrayReader(exif), metadata);
        } catch (RuntimeException e) {
            // A good picture is not refused for what a program wrote beside it.
            return 1;
        }
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer said = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return said != null && said >= 1 && said <= 8 ? said : 1;
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
