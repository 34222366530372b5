package fr.tambour.text.internal;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** The last word on every piece of HTML made from what somebody wrote: what is not on this list does not pass. */
public final class Sanitizer {

    private static final PolicyFactory BODY = new HtmlPolicyBuilder()
            .allowElements("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote")
            .allowElements("pre", "code", "em", "strong", "a")
            .allowAttributes("start")
            .matching(java.util.regex.Pattern.compile("\\d{1,9}"))
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
            .allowElements("p", "br", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "i", "b", "a")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("http", "https")
            .requireRelsOnLinks("nofollow", "ugc", "noopener")
            .toFactory();

    private Sanitizer() {}

    public static String sanitize(String html) {
        return BODY.sanitize(html);
    }

    public static String sanitizeForeign(String html) {
        return FOREIGN.sanitize(html);
    }
}
