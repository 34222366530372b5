package fr.tambour.town.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.town.ArmsArt;
import fr.tambour.town.ColourRole;
import fr.tambour.town.Drawing;
import fr.tambour.town.DrumArt;
import fr.tambour.town.Town;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A town as networks show an account: a square portrait and a wide banner, PNG, in its colours. Made when asked for. */
@Component
class Portraits {

    /** Pixels; networks cut the portrait round. */
    private static final int SIDE = 400;

    private static final double SHARE = .62;
    private static final int WIDTH = 1500;
    private static final int HEIGHT = 500;
    private static final int SCALE = 6;
    private static final int TILES = 5;
    private static final int HOOP = 24;

    private final ArmsArt arms;
    private final Cache<Key, byte[]> made =
            Caffeine.newBuilder().maximumSize(100).build();

    private record Key(long town, long version, boolean banner) {}

    Portraits(ArmsArt arms) {
        this.arms = arms;
    }

    /** Empty only where the arms' file is lost. */
    Optional<byte[]> portrait(Town town) {
        Key key = new Key(town.id().value(), town.version(), false);
        byte[] known = made.getIfPresent(key);
        return known != null
                ? Optional.of(known)
                : arms.of(town).map(drawn -> {
                    byte[] portrait = portrait(town, drawn);
                    made.put(key, portrait);
                    return portrait;
                });
    }

    private static byte[] portrait(Town town, ArmsArt.Arms arms) {
        Drawing drawing = Drawing.of(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        drawing.pen().setColor(town.profile().arms() == null ? Drawing.colour(town, ColourRole.WALL) : Color.WHITE);
        drawing.pen().fillRect(0, 0, SIDE, SIDE);
        arms.draw(drawing.pen(), SIDE / 2.0, SIDE / 2.0, SIDE * SHARE);
        return drawing.png();
    }

    byte[] banner(Town town) {
        return made.get(new Key(town.id().value(), town.version(), true), key -> drum(town));
    }

    /** Its side between its hoops, the same to the left and to the right. */
    private static byte[] drum(Town town) {
        Drawing drawing = Drawing.of(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        int side = DrumArt.TILE_HEIGHT * SCALE;
        int top = (HEIGHT - side) / 2;
        drawing.pen().setColor(Drawing.colour(town, ColourRole.TOWN_DEEP));
        drawing.pen().fillRect(0, 0, WIDTH, HEIGHT);
        AffineTransform whole = drawing.pen().getTransform();
        drawing.pen().setClip(0, top, WIDTH, side);
        drawing.pen().translate((WIDTH - TILES * DrumArt.TILE_WIDTH * SCALE) / 2, top);
        drawing.pen().scale(SCALE, SCALE);
        DrumArt.draw(drawing.pen(), town, TILES);
        drawing.pen().setTransform(whole);
        drawing.pen().setClip(null);
        drawing.pen().setColor(Drawing.colour(town, ColourRole.BEAT));
        drawing.pen().fillRect(0, top - HOOP / 2, WIDTH, HOOP);
        drawing.pen().fillRect(0, top + side - HOOP / 2, WIDTH, HOOP);
        return drawing.png();
    }
}
