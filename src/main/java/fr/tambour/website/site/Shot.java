package fr.tambour.website.site;

import org.jspecify.annotations.Nullable;

/**
 * A picture as a page shows it.
 *
 * @param src the size for browsers that choose none
 * @param srcset all sizes
 * @param width of the original, with height for its proportions
 * @param alt what it shows, empty where it is decorative
 * @param lang of {@code alt} where it is not the page's, else null
 * @param credit who made it, or null
 * @param look its classes in the stylesheet, with what of it remains visible where it is cut: {@code photo photo--top-left}
 */
public record Shot(
        String src,
        String srcset,
        int width,
        int height,
        String alt,
        @Nullable String lang,
        @Nullable String credit,
        String look) {}
