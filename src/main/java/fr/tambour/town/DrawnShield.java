package fr.tambour.town;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** The shield of a town that has given no arms, as `/ville/armes.svg` draws it, without asking the system for a font. */
public final class DrawnShield {

    public static final int WIDTH = 80;
    public static final int HEIGHT = 96;

    private static final float LINE = 4;

    private DrawnShield() {}

    static void draw(Graphics2D pen, Town town) {
        Shape shield = shield();
        Shape clip = pen.getClip();
        pen.clip(shield);
        pen.setColor(Drawing.colour(town, ColourRole.TOWN));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(Drawing.colour(town, ColourRole.BEAT));
        pen.setStroke(new BasicStroke(LINE));
        pen.draw(cord());
        String initials = Monogram.of(town.profile().name());
        Shape letters = Capitals.outline(initials);
        double height = initials.length() == 1 ? 34 : 27;
        AffineTransform place = new AffineTransform();
        place.translate(WIDTH / 2.0, initials.length() == 1 ? 50 : 46);
        place.scale(height / Capitals.HEIGHT, -height / Capitals.HEIGHT);
        place.translate(-letters.getBounds2D().getCenterX(), 0);
        pen.setColor(Drawing.colour(town, ColourRole.ON_TOWN));
        pen.fill(place.createTransformedShape(letters));
        pen.setClip(clip);
        pen.setColor(Drawing.colour(town, ColourRole.BEAT));
        pen.draw(shield);
    }

    /** The shield and the cord alone. */
    public static void outline(Graphics2D pen) {
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(2 * LINE));
        pen.draw(shield());
        pen.clip(shield());
        pen.draw(cord());
    }

    private static Shape shield() {
        Path2D path = new Path2D.Double();
        path.moveTo(4, 4);
        path.lineTo(76, 4);
        path.lineTo(76, 50);
        path.curveTo(76, 72, 60, 84, 40, 92);
        path.curveTo(20, 84, 4, 72, 4, 50);
        path.closePath();
        return path;
    }

    private static Shape cord() {
        Path2D path = new Path2D.Double();
        path.moveTo(-4, 70);
        for (int i = 0; i < 8; i++) {
            path.lineTo(8 + 12 * i, i % 2 == 0 ? 58 : 70);
        }
        return path;
    }
}
