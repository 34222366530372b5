package fr.tambour.text.internal;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** The last word on every piece of HTML made from what somebody wrote: what is not on this list does not pass. */
public final class Sanitizer {

    private static final Pattern WEB = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    private static final String STRANGERS_REL = "nofollow ugc noopener";

    private static final PolicyFactory BODY = new HtmlPolicyBuilder()
            .allowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote")
            .allowElements("pre", "code", "em", "strong", "a")
            .allowAttributes("start")
            .matching(Pattern.compile("\\d{1,9}"))
            .onElements("ol")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("rel")
            .matching(false, LinkAttributes.FOREIGN_REL)
            .onElements("a")
            .allowUrlProtocols("http", "https", "mailto", "tel")
            .toFactory();

    /** What strangers send: no headings, which would break the page's order, and no way to anything but the web. */
    private static final PolicyFactory FOREIGN = new HtmlPolicyBuilder()
            .allowElements("p", "br", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "i", "b")
            .allowElements(Sanitizer::foreignLink, "a")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("http", "https")
            .toFactory();

    private Sanitizer() {}

    public static String sanitize(String html) {
        return BODY.sanitize(html);
    }

    /**
     * One that leads nowhere is none, nor one that leads to a page of ours by its path. What it says of itself is written in
     * one order: the library's own differs by the run.
     *
     * @param attributes name, value, name, value
     */
    private static @Nullable String foreignLink(String name, List<String> attributes) {
        int value = attributes.indexOf("href") + 1;
        if (value == 0 || !WEB.matcher(attributes.get(value)).lookingAt()) {
            return null;
        }
        attributes.add("rel");
        attributes.add(STRANGERS_REL);
        return name;
    }

    public static String sanitizeForeign(String html) {
        return Directions.balanced(FOREIGN.sanitize(html));
    }
}
