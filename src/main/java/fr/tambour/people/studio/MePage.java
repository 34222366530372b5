package fr.tambour.people.studio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param town its full name
 * @param done what has just been done, or null
 */
public record MePage(
        String name,
        String email,
        String language,
        String town,
        List<Session> sessions,
        @Nullable String done,
        FormErrors errors) {

    /**
     * @param device empty where nothing was recognised
     * @param seen « 24 novembre à 9 h 02 »
     * @param here this very one
     */
    public record Session(String device, String since, String seen, boolean here) {}
}
