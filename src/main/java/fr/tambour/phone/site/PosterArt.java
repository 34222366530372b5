package fr.tambour.phone.site;

import fr.tambour.town.ColourRole;
import fr.tambour.town.Town;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** What a poster shows beside its words: the town's colours and arms, the drum, the code. */
@Component
class PosterArt {

    /** Of a module: no printer shows the edges of such dots. */
    private static final int MODULE = 24;

    /** The tile of `marks/cord.svg`, drawn this many times as large, and how often it goes into a sheet's width. */
    private static final int SCALE = 5;

    private static final int TILE_WIDTH = 56;
    private static final int TILE_HEIGHT = 52;
    private static final int TILES = 13;

    private final AppIcons icons;

    PosterArt(AppIcons icons) {
        this.icons = icons;
    }

    /** The sheet's own, with the values of the town's colours in place of their names, and its pictures in place of theirs. */
    String style(Town town) {
        String style = read();
        for (ColourRole role : ColourRole.values()) {
            style = style.replace("var(" + role.property() + ")", town.palette().colour(role, false));
        }
        return style.replace(
                        "url(arms)",
                        icons.of(town, AppIcons.Form.LARGE)
                                .map(arms -> "url(" + data(arms) + ")")
                                .orElse("none"))
                .replace("url(drum)", "url(" + data(png(drum(town))) + ")");
    }

    private static String read() {
        try {
            return new ClassPathResource("poster.css", PosterArt.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Black on white, a bit for each dot; its quiet zone is the paper around it. */
    static String code(QrCode code) {
        int side = (code.size() - 2 * QrCode.QUIET) * MODULE;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, side, side);
        pen.translate(-QrCode.QUIET * MODULE, -QrCode.QUIET * MODULE);
        pen.setColor(Color.BLACK);
        code.bars().forEach(bar -> pen.fillRect(bar.x() * MODULE, bar.y() * MODULE, bar.width() * MODULE, MODULE));
        pen.dispose();
        return data(png(image));
    }

    /** Between its hoops. */
    private static BufferedImage drum(Town town) {
        BufferedImage image =
                new BufferedImage(TILES * TILE_WIDTH * SCALE, TILE_HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.decode(town.palette().colour(ColourRole.TOWN, false)));
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.decode(town.palette().colour(ColourRole.BEAT, false)));
        pen.setStroke(new BasicStroke(3.5f));
        pen.scale(SCALE, SCALE);
        for (int tile = 0; tile < TILES; tile++) {
            pen.draw(line(-2, 54, 28, 0, 58, 54));
            pen.fill(line(22.5, 5.5, 33.5, 5.5, 31, 18.5, 25, 18.5));
            pen.translate(TILE_WIDTH, 0);
        }
        pen.dispose();
        return image;
    }

    private static Path2D line(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String data(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
