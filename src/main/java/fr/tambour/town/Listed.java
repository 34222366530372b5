package fr.tambour.town;

import fr.tambour.ui.Phrase;
import java.util.Map;

/** What readers choose by: an entry of a list that the town keeps. */
public sealed interface Listed permits District, Theme {

    long id();

    TownId town();

    /** Its name in addresses, kept when its name changes. */
    String slug();

    /** By BCP 47 tag; the town's first language is always there. */
    Map<String, String> names();

    /** False once the town has dropped it: older notices keep it, newer ones cannot choose it. */
    boolean active();

    /** In this language, else in the town's first. */
    default String name(String language, String first) {
        return names().getOrDefault(language, names().getOrDefault(first, slug()));
    }

    /** The same for a page in {@code language}. */
    default Phrase named(String language, String first) {
        return new Phrase(
                name(language, first), names().containsKey(language) || language.equals(first) ? null : first);
    }
}
