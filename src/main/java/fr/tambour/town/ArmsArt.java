package fr.tambour.town;

import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/** The town's arms, or the drawn shield where it has given none, for pictures that are drawn here. */
@Component
public class ArmsArt {

    private static final int SOURCE_WIDTH = 640;

    private final Media media;

    ArmsArt(Media media) {
        this.media = media;
    }

    /** One of the two. */
    @FunctionalInterface
    public interface Arms {

        /** As large as goes into a square of this side, around a point. */
        void draw(Graphics2D pen, double x, double y, double side);
    }

    /** Empty only where the arms' file is lost. */
    public Optional<Arms> of(Town town) {
        Profile.Arms own = town.profile().arms();
        return own == null
                ? Optional.of((pen, x, y, side) -> shield(pen, town, x, y, side))
                : media.rendition(town.id().value(), own.hash(), SOURCE_WIDTH)
                        .map(ArmsArt::read)
                        .map(image -> (pen, x, y, side) -> picture(pen, image, x, y, side));
    }

    private static BufferedImage read(StoredRendition rendition) {
        try {
            return ImageIO.read(rendition.path().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void picture(Graphics2D pen, BufferedImage image, double x, double y, double side) {
        double scale = Math.min(side / image.getWidth(), side / image.getHeight());
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        pen.drawImage(
                image, (int) Math.round(x - width / 2.0), (int) Math.round(y - height / 2.0), width, height, null);
    }

    private static void shield(Graphics2D pen, Town town, double x, double y, double side) {
        AffineTransform before = pen.getTransform();
        pen.translate(x, y);
        pen.scale(side / DrawnShield.HEIGHT, side / DrawnShield.HEIGHT);
        pen.translate(-DrawnShield.WIDTH / 2.0, -DrawnShield.HEIGHT / 2.0);
        DrawnShield.draw(pen, town);
        pen.setTransform(before);
    }
}
