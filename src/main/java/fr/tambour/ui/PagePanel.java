package fr.tambour.ui;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block that a module adds to another module's page.
 *
 * @param heading its title
 * @param lines short paragraphs
 * @param links where to go from there
 * @param drawn what the module draws itself, after the lines; null where lines and links say all
 */
public record PagePanel(
        int order,
        String heading,
        List<String> lines,
        List<SiteLink> links,
        @Nullable Drawn drawn) {

    public PagePanel(int order, String heading, List<String> lines, List<SiteLink> links) {
        this(order, heading, lines, links, null);
    }

    /** A module's own template, within another's page. */
    @FunctionalInterface
    public interface Drawn {
        void draw(Frame frame, TemplateOutput output);
    }

    /** What is drawn, or nothing. */
    public Content content(Frame frame) {
        return output -> {
            if (drawn != null) {
                drawn.draw(frame, output);
            }
        };
    }

    public interface Provider {
        /**
         * @param page the page's name: {@code notice}, {@code sign-in}, {@code studio-notice}
         * @param subject id of what the page is about, 0 if of nothing
         */
        List<PagePanel> panels(Scope scope, String page, long subject);
    }
}
