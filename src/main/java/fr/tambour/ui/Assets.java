package fr.tambour.ui;

/** Addresses of the files that pages load; each changes with its content, so browsers may keep them for a year. */
public interface Assets {

    /**
     * @param name an entry of {@code src/main/browser} ({@code studio.js}), a stylesheet bundle ({@code site.css}, {@code studio.css}) or a path below
     *     {@code static/} ({@code fonts/atkinson.woff2})
     * @throws IllegalArgumentException where there is no such file: a mistake of ours
     */
    String url(String name);
}
