package fr.tambour.conversation.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the town answers.
 *
 * @param problem why the last change was not made, or null
 * @param mayChange whether who reads may change the policy and the list; {@code mayAnswer}, {@code mayModerate} likewise
 * @param insults one a line
 * @param blocks how many people and servers are kept out
 */
public record SettingsPage(
        @Nullable String problem,
        boolean mayChange,
        boolean mayAnswer,
        boolean mayModerate,
        boolean secondPerson,
        String insults,
        List<Reply> replies,
        Reply typed,
        int blocks) {

    /** @param id empty for a new one */
    public record Reply(String id, String title, String text) {

        static final Reply NEW = new Reply("", "", "");
    }
}
