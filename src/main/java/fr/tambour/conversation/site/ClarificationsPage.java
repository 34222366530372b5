package fr.tambour.conversation.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the town has made clear about a notice, the last first. */
public record ClarificationsPage(List<Clarification> clarifications) {

    /**
     * @param anchor where a link to it leads
     * @param lang where it is not in the page's language, else null
     */
    public record Clarification(
            String anchor,
            String when,
            List<String> paragraphs,
            @Nullable String lang) {}
}
