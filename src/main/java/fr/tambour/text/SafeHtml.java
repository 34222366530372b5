package fr.tambour.text;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.Objects;

/**
 * HTML that a template may output as it is. Only the sanitiser makes one, so whoever holds it need not ask where it came
 * from.
 */
public final class SafeHtml implements Content {

    public static final SafeHtml EMPTY = new SafeHtml("");

    private final String html;

    SafeHtml(String html) {
        this.html = html;
    }

    public String html() {
        return html;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(html);
    }

    @Override
    public boolean isEmptyContent() {
        return html.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SafeHtml that && that.html.equals(html);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(html);
    }

    @Override
    public String toString() {
        return html;
    }
}
