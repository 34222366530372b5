package fr.tambour.text;

import fr.tambour.text.internal.LinkAttributes;
import fr.tambour.text.internal.MarkdownTree;
import fr.tambour.text.internal.PlainText;
import fr.tambour.text.internal.Sanitizer;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * CommonMark as a notice's body uses it: headings from h2 down (the page has its h1), lists, quotes, links, emphasis, code;
 * no raw HTML (what was typed is shown as typed), no pictures (they are fields of the notice, with their alternatives). The
 * result went through the sanitiser, which has the last word.
 */
public final class Markdown {

    /** Longest text accepted, in bytes of UTF-8. */
    public static final int MAX_BYTES = 100_000;

    private Markdown() {}

    /**
     * For a page of our own site: links stay relative, and every absolute one counts as foreign.
     *
     * @param language whose typography the text gets
     * @throws Refusal 422 `text.too-long` above {@link #MAX_BYTES}
     */
    public static SafeHtml toHtml(String markdown, Locale language) {
        return toHtml(markdown, language, null);
    }

    /**
     * For a place outside our site, such as a feed.
     *
     * @param base the public address that relative links are resolved against; links to its host are our own
     * @throws Refusal 422 `text.too-long` above {@link #MAX_BYTES}
     */
    public static SafeHtml toHtml(String markdown, Locale language, @Nullable URI base) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .escapeHtml(true)
                .percentEncodeUrls(true)
                .attributeProviderFactory(context -> new LinkAttributes(base))
                .build();
        return new SafeHtml(Sanitizer.sanitize(renderer.render(tree(markdown, language, base))));
    }

    /**
     * The words alone, for where nothing else can be shown: paragraphs parted by a blank line, list items by a dash or their
     * number, no addresses.
     *
     * @throws Refusal 422 `text.too-long` above {@link #MAX_BYTES}
     */
    public static String toPlain(String markdown, Locale language) {
        return PlainText.of(tree(markdown, language, null), false);
    }

    /**
     * The same, but that links say where they lead: « le plan (https://…) ».
     *
     * @param base the public address that relative links are resolved against
     * @throws Refusal 422 `text.too-long` above {@link #MAX_BYTES}
     */
    public static String toPlainWithAddresses(String markdown, Locale language, URI base) {
        return PlainText.of(tree(markdown, language, base), true);
    }

    private static Node tree(String markdown, Locale language, @Nullable URI base) {
        if (tooLong(markdown)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "text.too-long", MAX_BYTES);
        }
        return MarkdownTree.parse(markdown, text -> Typography.of(text, language), base);
    }

    private static boolean tooLong(String text) {
        return text.length() > MAX_BYTES
                || (text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    }
}
