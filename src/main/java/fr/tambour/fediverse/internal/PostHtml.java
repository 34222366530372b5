package fr.tambour.fediverse.internal;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A post's text as HTML that every server shows: paragraphs, line breaks, a link to the notice, hashtags. */
final class PostHtml {

    /** In escaped text: servers show what others send as it is, and make no links of it. */
    private static final Pattern LINKS = Pattern.compile(
            "https?://(?:(?!&(?:quot|#39|lt|gt);)[^\\s<])*(?:(?!&(?:quot|#39|lt|gt);)[^\\s<.,;:!?)»’])");

    private PostHtml() {}

    static String of(String text, String page, List<Hashtag> tags) {
        StringBuilder html = new StringBuilder(paragraphs(text));
        String address = HtmlUtils.htmlEscape(page, "UTF-8");
        html.append("<p><a href=\"%s\">%s</a></p>".formatted(address, address));
        List<Hashtag> written = Hashtag.written(tags);
        if (!written.isEmpty()) {
            html.append("<p>")
                    .append(written.stream()
                            .map(tag -> "<a href=\"%s\" class=\"mention hashtag\" rel=\"tag\">#<span>%s</span></a>"
                                    .formatted(
                                            HtmlUtils.htmlEscape(tag.page(), "UTF-8"),
                                            HtmlUtils.htmlEscape(tag.name().substring(1), "UTF-8")))
                            .collect(Collectors.joining(" ")))
                    .append("</p>");
        }
        return html.toString();
    }

    static String paragraphs(String text) {
        StringBuilder html = new StringBuilder();
        for (String paragraph : text.strip().split("\\n\\s*\\n")) {
            if (!paragraph.isBlank()) {
                html.append("<p>")
                        .append(Arrays.stream(paragraph.strip().split("\\n"))
                                .map(line -> HtmlUtils.htmlEscape(line.strip(), "UTF-8"))
                                .collect(Collectors.joining("<br>")))
                        .append("</p>");
            }
        }
        return LINKS.matcher(html).replaceAll("<a href=\"$0\" rel=\"nofollow noopener\">$0</a>");
    }
}
