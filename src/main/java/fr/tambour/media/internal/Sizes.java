package fr.tambour.media.internal;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;

/** The sizes kept of a picture, written anew: nothing of the file that came in is in them but the pixels. */
final class Sizes {

    /** For `srcset`; a picture narrower than one of them keeps its own width instead. */
    static final List<Integer> WIDTHS = List.of(320, 640, 960, 1280, 1920);

    private static final float JPEG_QUALITY = 0.82f;

    private Sizes() {}

    /** Whether any pixel lets something through: a PNG whose alpha says nothing is a JPEG like others. */
    static boolean transparent(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return false;
        }
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 0xFF) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Width → file, narrowest first. */
    static Map<Integer, byte[]> of(BufferedImage image, boolean png) {
        TreeSet<Integer> widths = new TreeSet<>(WIDTHS);
        widths.removeIf(width -> width > image.getWidth());
        if (image.getWidth() < WIDTHS.getLast()) {
            widths.add(image.getWidth());
        }
        Map<Integer, byte[]> files = new LinkedHashMap<>();
        widths.forEach(width -> files.put(width, write(scaled(image, width, png), png)));
        return files;
    }

    private static BufferedImage scaled(BufferedImage image, int width, boolean png) {
        int height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
        try {
            return Thumbnails.of(image)
                    .forceSize(width, height)
                    .imageType(png ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
                    .asBufferedImage();
        } catch (IOException e) {
            throw new UncheckedIOException("Scaling in memory reads no file", e);
        }
    }

    private static byte[] write(BufferedImage image, boolean png) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer =
                ImageIO.getImageWritersByFormatName(png ? "png" : "jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (!png) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(JPEG_QUALITY);
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing into memory does not fail", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
