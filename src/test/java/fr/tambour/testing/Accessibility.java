package fr.tambour.testing;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** The rules of WCAG 2.2 A and AA, as far as a program can judge them (axe). */
public final class Accessibility {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Accessibility() {}

    /** What is broken on the page as it stands: the rule and the first element. */
    public static List<String> broken(Page page) {
        return broken(axe(page).withTags(RULES));
    }

    /** Where only colours are others than a moment ago. */
    public static List<String> tooPale(Page page) {
        return broken(axe(page).withRules(List.of("color-contrast")));
    }

    /** In the page itself: we embed none, and need no second one to put frames together in. */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        // Of what holds nothing is told in detail.
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static List<String> broken(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .map(violation -> violation.getId() + ": "
                        + violation.getNodes().getFirst().getHtml())
                .toList();
    }
}
