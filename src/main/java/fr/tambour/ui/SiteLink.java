package fr.tambour.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link that a module adds to the public frame.
 *
 * @param text in the scope's language
 * @param detail a second, smaller line where the place has room for one, or null
 * @param href path without language prefix, or an absolute address
 */
public record SiteLink(
        Place place,
        int order,
        String text,
        @Nullable String detail,
        String href,
        @Nullable Icon icon) {

    public enum Place {
        /** The masthead's sections. */
        NAV,
        /** The masthead's one button: being told. */
        CALL,
        /** The ways of being told, on the home page. */
        TOLD,
        /** The foot, under « Ce site ». */
        FOOT
    }

    public interface Provider {
        List<SiteLink> links(Scope scope);
    }
}
