package fr.tambour.town;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.function.SingletonSupplier;

/** The capitals of the pages' own typeface as outlines: a server need not have a font. Accents are left off. */
final class Capitals {

    /** Of a capital, in the units of the outlines. */
    static final int HEIGHT = 660;

    private static final Pattern STEP = Pattern.compile("([MLQZ])([^MLQZ]*)");

    private static final Supplier<Map<Character, Letter>> LETTERS = SingletonSupplier.of(Capitals::read);

    private record Letter(int advance, Shape outline) {}

    private Capitals() {}

    /** On a base line at 0, upwards; letters that it does not know are left out. */
    static Shape outline(String text) {
        String plain = Normalizer.normalize(text.toUpperCase(Locale.FRENCH), Normalizer.Form.NFD);
        Path2D all = new Path2D.Double();
        double x = 0;
        for (char letter : plain.toCharArray()) {
            Letter known = LETTERS.get().get(letter);
            if (known != null) {
                all.append(AffineTransform.getTranslateInstance(x, 0).createTransformedShape(known.outline()), false);
                x += known.advance();
            }
        }
        return all;
    }

    private static Map<Character, Letter> read() {
        try (InputStream in = Capitals.class.getResourceAsStream("capitals.tsv")) {
            Map<Character, Letter> letters = new HashMap<>();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(line ->
                            letters.put(line[0].charAt(0), new Letter(Integer.parseInt(line[1]), outlineOf(line[2]))));
            return letters;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape outlineOf(String svg) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        Matcher step = STEP.matcher(svg);
        while (step.find()) {
            String[] at = step.group(2).strip().split("[ ,]+");
            switch (step.group(1).charAt(0)) {
                case 'M' -> path.moveTo(number(at[0]), number(at[1]));
                case 'L' -> path.lineTo(number(at[0]), number(at[1]));
                case 'Q' -> path.quadTo(number(at[0]), number(at[1]), number(at[2]), number(at[3]));
                default -> path.closePath();
            }
        }
        return path;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
