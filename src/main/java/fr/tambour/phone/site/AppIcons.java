package fr.tambour.phone.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.media.Media;
import fr.tambour.media.StoredRendition;
import fr.tambour.town.ColourRole;
import fr.tambour.town.Town;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The town's arms, or the drawn shield, as the icons that systems show beside other apps. Made when asked for. */
@Component
class AppIcons {

    private static final int SOURCE_WIDTH = 640;

    private final Media media;
    private final Cache<Key, byte[]> made =
            Caffeine.newBuilder().maximumSize(200).build();

    private record Key(long town, long version, Form form) {}

    /** What systems ask for. */
    enum Form {
        SMALL(192, .9, false),
        LARGE(512, .9, false),
        /** For iOS, which paints what is transparent black. */
        APPLE(180, .76, true),
        /** A system may cut it to any shape that holds a circle of 80 % (W3C, "maskable"). */
        MASKABLE(512, .56, true),
        /** Android paints it in one colour. */
        BADGE(96, 1, false);

        private final int pixels;
        private final double share;
        private final boolean ground;

        Form(int pixels, double share, boolean ground) {
            this.pixels = pixels;
            this.share = share;
            this.ground = ground;
        }

        static Form of(String name) {
            return switch (name) {
                case "192" -> SMALL;
                case "512" -> LARGE;
                case "180" -> APPLE;
                case "badge" -> BADGE;
                default -> MASKABLE;
            };
        }
    }

    AppIcons(Media media) {
        this.media = media;
    }

    /** A PNG; empty only where the arms' file is lost. */
    Optional<byte[]> of(Town town, Form form) {
        Key key = new Key(town.id().value(), town.version(), form);
        byte[] known = made.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> drawn = form == Form.BADGE || town.profile().arms() == null
                ? Optional.of(png(form, town, null))
                : media.rendition(town.id().value(), town.profile().arms().hash(), SOURCE_WIDTH)
                        .map(AppIcons::read)
                        .map(arms -> png(form, town, arms));
        drawn.ifPresent(icon -> made.put(key, icon));
        return drawn;
    }

    private static BufferedImage read(StoredRendition rendition) {
        try {
            return ImageIO.read(rendition.path().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png(Form form, Town town, @Nullable BufferedImage arms) {
        BufferedImage icon = new BufferedImage(form.pixels, form.pixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = icon.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        if (form.ground) {
            pen.setColor(arms == null ? Color.decode(town.palette().colour(ColourRole.WALL, false)) : Color.WHITE);
            pen.fillRect(0, 0, form.pixels, form.pixels);
        }
        double room = form.pixels * form.share;
        if (arms != null) {
            double scale = Math.min(room / arms.getWidth(), room / arms.getHeight());
            int width = (int) Math.round(arms.getWidth() * scale);
            int height = (int) Math.round(arms.getHeight() * scale);
            pen.drawImage(arms, (form.pixels - width) / 2, (form.pixels - height) / 2, width, height, null);
        } else {
            pen.translate(form.pixels / 2.0, form.pixels / 2.0);
            pen.scale(room / DrawnShield.HEIGHT, room / DrawnShield.HEIGHT);
            pen.translate(-DrawnShield.WIDTH / 2.0, -DrawnShield.HEIGHT / 2.0);
            if (form == Form.BADGE) {
                DrawnShield.outline(pen);
            } else {
                DrawnShield.draw(pen, town);
            }
        }
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(icon, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
