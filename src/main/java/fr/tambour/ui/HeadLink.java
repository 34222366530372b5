package fr.tambour.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <link>} in the head of public pages: a feed, a web app manifest.
 *
 * @param header whether it is said in a {@code Link} header as well (RFC 8288), for whoever reads no page; its address is then
 *     absolute
 */
public record HeadLink(
        String rel,
        @Nullable String type,
        String href,
        @Nullable String title,
        boolean header) {

    public HeadLink(String rel, @Nullable String type, String href, @Nullable String title) {
        this(rel, type, href, title, false);
    }

    /** As the value of a header. */
    public String asHeader() {
        return "<" + href + ">; rel=\"" + rel + "\"" + (type == null ? "" : "; type=\"" + type + "\"");
    }

    public interface Provider {
        List<HeadLink> headLinks(Scope scope);
    }
}
