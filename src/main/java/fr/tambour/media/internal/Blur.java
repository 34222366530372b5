package fr.tambour.media.internal;

import io.trbl.blurhash.BlurHash;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;

/** What a picture looks like from very far: a few colours that run into each other, shown until it is there (blurha.sh). */
final class Blur {

    /** Four waves along the longer side and three along the other see no more than this. */
    private static final int SIDE = 32;

    private static final int LONGER = 4;
    private static final int SHORTER = 3;

    private Blur() {}

    /** @param stored the narrowest stored size; empty where it cannot be read */
    static String of(byte[] stored) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(stored));
            return image == null ? "" : of(image);
        } catch (IOException e) {
            return "";
        }
    }

    private static String of(BufferedImage image) {
        boolean wide = image.getWidth() >= image.getHeight();
        try {
            BufferedImage small =
                    Thumbnails.of(onPaper(image)).forceSize(SIDE, SIDE).asBufferedImage();
            return BlurHash.encode(small, wide ? LONGER : SHORTER, wide ? SHORTER : LONGER);
        } catch (IOException e) {
            throw new UncheckedIOException("Scaling in memory reads no file", e);
        }
    }

    /** Where it is transparent, what is behind it shows: on most screens that is white. */
    private static BufferedImage onPaper(BufferedImage image) {
        BufferedImage paper = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = paper.createGraphics();
        canvas.drawImage(image, 0, 0, Color.WHITE, null);
        canvas.dispose();
        return paper;
    }
}
