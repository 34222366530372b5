package fr.tambour.notice.studio;

import fr.tambour.notice.Content.Emergency.Severity;
import fr.tambour.ui.Icon;
import java.util.Optional;
import java.util.stream.Stream;

/** What may befall a town, each with a prepared text: message keys {@code notice.emergency.SLUG.name|hint|title|instruction}. */
enum Situation {
    FLOOD("crue", Icon.WAVES, Severity.SEVERE),
    WATER("eau", Icon.DROP, Severity.MODERATE),
    STORM("tempete", Icon.LIGHTNING, Severity.SEVERE),
    DANGER("danger", Icon.PROHIBIT, Severity.EXTREME),
    ROAD("route", Icon.BARRICADE, Severity.MODERATE),
    OTHER("autre", Icon.CHAT_TEXT, Severity.SEVERE);

    private final String slug;
    private final Icon icon;
    private final Severity severity;

    Situation(String slug, Icon icon, Severity severity) {
        this.slug = slug;
        this.icon = icon;
        this.severity = severity;
    }

    String slug() {
        return slug;
    }

    Icon icon() {
        return icon;
    }

    Severity severity() {
        return severity;
    }

    String key(String part) {
        return "notice.emergency." + slug + "." + part;
    }

    static Optional<Situation> of(String slug) {
        return Stream.of(values())
                .filter(situation -> situation.slug.equals(slug))
                .findFirst();
    }
}
