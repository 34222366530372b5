package fr.tambour.text;

import fr.tambour.text.internal.Sanitizer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/**
 * HTML that somebody wrote who does not work here: its words, its paragraphs, its links, and nothing else. No script, no style, no
 * picture, nothing that is fetched by looking at it; links tell search engines and the other side nothing.
 */
public final class ForeignHtml {

    private static final Pattern BREAKS = Pattern.compile("<br ?/?>|</(?:p|li|blockquote|pre)>");
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");
    private static final Pattern LINKS = Pattern.compile("<a [^>]*>(.*?)</a>", Pattern.DOTALL);

    private ForeignHtml() {}

    public static SafeHtml of(String html) {
        return new SafeHtml(Sanitizer.sanitizeForeign(html));
    }

    /** Its words alone, paragraphs parted by line ends. */
    public static String plain(SafeHtml html) {
        // After the sanitiser a tag is all that begins with <.
        return HtmlUtils.htmlUnescape(TAGS.matcher(BREAKS.matcher(html.html()).replaceAll("\n"))
                        .replaceAll(""))
                .strip();
    }

    /** How many links it has, but for mentions and hashtags. */
    public static int links(SafeHtml html) {
        return (int) LINKS.matcher(html.html())
                .results()
                .map((MatchResult link) -> HtmlUtils.htmlUnescape(
                                TAGS.matcher(link.group(1)).replaceAll(""))
                        .strip())
                .filter(words -> !words.startsWith("@") && !words.startsWith("#"))
                .count();
    }
}
