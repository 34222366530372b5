package fr.tambour.people;

import java.util.Locale;

/** What someone does for a town. One person may have several roles, and others in another town. */
public enum Role {
    AUTHOR,
    APPROVER,
    MODERATOR,
    ADMINISTRATOR;

    /** Message key of its name: {@code people.role.author}. */
    public String key() {
        return "people.role." + name().toLowerCase(Locale.ROOT);
    }
}
