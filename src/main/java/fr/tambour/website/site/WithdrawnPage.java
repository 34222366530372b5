package fr.tambour.website.site;

import fr.tambour.ui.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the address of a withdrawn notice.
 *
 * @param exercise whether it only practised an alert
 * @param was the title it had
 * @param reason as it was given
 * @param when when it was withdrawn
 * @param account where it went, and where the withdrawal went
 */
public record WithdrawnPage(
        String label,
        String heading,
        boolean exercise,
        String was,
        @Nullable String lang,
        Phrase reason,
        String when,
        Account account,
        NoticePage.Back back) {}
