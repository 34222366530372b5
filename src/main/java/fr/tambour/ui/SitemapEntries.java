package fr.tambour.ui;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Public pages that a module wants search engines to know. */
public record SitemapEntries(List<Entry> entries) {

    /**
     * @param path without language prefix
     * @param changed when it last changed, or null where nobody knows
     */
    public record Entry(String path, @Nullable Instant changed) {}

    public interface Provider {
        SitemapEntries sitemap(Scope scope);
    }
}
