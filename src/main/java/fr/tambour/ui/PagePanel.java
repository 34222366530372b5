package fr.tambour.ui;

import java.util.List;

/**
 * A block that a module adds to another module's page.
 *
 * @param heading its title
 * @param lines short paragraphs
 * @param links where to go from there
 */
public record PagePanel(int order, String heading, List<String> lines, List<SiteLink> links) {

    public interface Provider {
        /**
         * @param page the page's name: {@code notice}, {@code sign-in}
         * @param subject id of what the page is about, 0 if of nothing
         */
        List<PagePanel> panels(Scope scope, String page, long subject);
    }
}
