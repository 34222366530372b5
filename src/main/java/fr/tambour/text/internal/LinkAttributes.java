package fr.tambour.text.internal;

import java.net.URI;
import java.util.Map;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;
import org.jspecify.annotations.Nullable;

/** A link's only attributes: where it goes, and `rel` where it leaves the town's own site. */
public final class LinkAttributes implements AttributeProvider {

    static final String FOREIGN_REL = "noopener nofollow";

    private final @Nullable URI base;

    public LinkAttributes(@Nullable URI base) {
        this.base = base;
    }

    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
        attributes.remove("title");
        attributes.remove("class");
        if (node instanceof Link link && Destinations.isForeign(link.getDestination(), base)) {
            attributes.put("rel", FOREIGN_REL);
        }
    }
}
