package fr.tambour.town;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** The side of the drum between its hoops: the tile of `marks/cord.svg`, again and again. */
public final class DrumArt {

    public static final int TILE_WIDTH = 56;
    public static final int TILE_HEIGHT = 52;

    private static final float CORD = 3.5f;

    private DrumArt() {}

    /** From where the pen stands, to the right. */
    public static void draw(Graphics2D pen, Town town, int tiles) {
        pen.setColor(Drawing.colour(town, ColourRole.TOWN));
        pen.fillRect(0, 0, tiles * TILE_WIDTH, TILE_HEIGHT);
        pen.setColor(Drawing.colour(town, ColourRole.BEAT));
        pen.setStroke(new BasicStroke(CORD));
        for (int tile = 0; tile < tiles; tile++) {
            pen.draw(line(-2, 54, 28, 0, 58, 54));
            pen.fill(line(22.5, 5.5, 33.5, 5.5, 31, 18.5, 25, 18.5));
            pen.translate(TILE_WIDTH, 0);
        }
    }

    private static Path2D line(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }
}
