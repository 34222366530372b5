package fr.tambour.ui;

/**
 * A bean of this type widens the Content-Security-Policy of every page by one source. {@code unsafe-inline}, {@code unsafe-eval} and wildcards are
 * refused at start.
 *
 * @param directive {@code connect-src}
 * @param source {@code https://tiles.example.fr}
 */
public record CspSource(String directive, String source) {

    public CspSource {
        if (source.contains("unsafe") || source.contains("*") || source.matches(".*[\\s;,].*")) {
            throw new IllegalArgumentException(
                    "Not a source that a strict policy can hold: " + directive + " " + source);
        }
    }
}
