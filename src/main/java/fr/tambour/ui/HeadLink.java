package fr.tambour.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code <link>} in the head of public pages: a feed, a web app manifest. */
public record HeadLink(
        String rel,
        @Nullable String type,
        String href,
        @Nullable String title) {

    public interface Provider {
        List<HeadLink> headLinks(Scope scope);
    }
}
