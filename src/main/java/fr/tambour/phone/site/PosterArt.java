package fr.tambour.phone.site;

import fr.tambour.town.ColourRole;
import fr.tambour.town.Drawing;
import fr.tambour.town.DrumArt;
import fr.tambour.town.Town;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** What a poster shows beside its words: the town's colours and arms, the drum, the code. */
@Component
class PosterArt {

    /** Of a module: no printer shows the edges of such dots. */
    private static final int MODULE = 24;

    /** How many times as large the drum is drawn, and how often its tile goes into a sheet's width. */
    private static final int SCALE = 5;

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
                .replace("url(drum)", "url(" + data(drum(town)) + ")");
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
        Drawing drawing = Drawing.of(side, side, BufferedImage.TYPE_BYTE_BINARY);
        drawing.pen().setColor(Color.WHITE);
        drawing.pen().fillRect(0, 0, side, side);
        drawing.pen().translate(-QrCode.QUIET * MODULE, -QrCode.QUIET * MODULE);
        drawing.pen().setColor(Color.BLACK);
        code.bars()
                .forEach(bar ->
                        drawing.pen().fillRect(bar.x() * MODULE, bar.y() * MODULE, bar.width() * MODULE, MODULE));
        return data(drawing.png());
    }

    /** Between its hoops. */
    private static byte[] drum(Town town) {
        Drawing drawing =
                Drawing.of(TILES * DrumArt.TILE_WIDTH * SCALE, DrumArt.TILE_HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        drawing.pen().scale(SCALE, SCALE);
        DrumArt.draw(drawing.pen(), town, TILES);
        return drawing.png();
    }

    private static String data(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
