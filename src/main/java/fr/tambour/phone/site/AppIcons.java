package fr.tambour.phone.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.ArmsArt;
import fr.tambour.town.ColourRole;
import fr.tambour.town.Drawing;
import fr.tambour.town.DrawnShield;
import fr.tambour.town.Town;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The town's arms, or the drawn shield, as the icons that systems show beside other apps. Made when asked for. */
@Component
class AppIcons {

    private final ArmsArt arms;
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

        /** As addresses call them. */
        static final Set<String> NAMES = Set.of("180", "192", "512", "maskable", "badge");

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

    static String path(String name) {
        return "/icones/" + name + ".png";
    }

    /** That of what it shows now. */
    static String path(String name, Town town) {
        return path(name) + "?v=" + town.version();
    }

    AppIcons(ArmsArt arms) {
        this.arms = arms;
    }

    /** A PNG; empty only where the arms' file is lost. */
    Optional<byte[]> of(Town town, Form form) {
        Key key = new Key(town.id().value(), town.version(), form);
        byte[] known = made.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<byte[]> drawn =
                form == Form.BADGE ? Optional.of(badge(form)) : arms.of(town).map(drawing -> icon(form, town, drawing));
        drawn.ifPresent(icon -> made.put(key, icon));
        return drawn;
    }

    private static byte[] icon(Form form, Town town, ArmsArt.Arms arms) {
        Drawing drawing = Drawing.of(form.pixels, form.pixels, BufferedImage.TYPE_INT_ARGB);
        if (form.ground) {
            boolean own = town.profile().arms() != null;
            drawing.pen().setColor(own ? Color.WHITE : Drawing.colour(town, ColourRole.WALL));
            drawing.pen().fillRect(0, 0, form.pixels, form.pixels);
        }
        arms.draw(drawing.pen(), form.pixels / 2.0, form.pixels / 2.0, form.pixels * form.share);
        return drawing.png();
    }

    private static byte[] badge(Form form) {
        Drawing drawing = Drawing.of(form.pixels, form.pixels, BufferedImage.TYPE_INT_ARGB);
        double scale = form.pixels * form.share / DrawnShield.HEIGHT;
        drawing.pen().translate((form.pixels - scale * DrawnShield.WIDTH) / 2, 0);
        drawing.pen().scale(scale, scale);
        DrawnShield.outline(drawing.pen());
        return drawing.png();
    }
}
