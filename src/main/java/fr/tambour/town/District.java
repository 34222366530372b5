package fr.tambour.town;

import java.util.Map;

/**
 * A part of a town.
 *
 * @param slug its name in addresses, kept when its name changes
 * @param names by BCP 47 tag; the town's first language is always there
 * @param active false once the town has dropped it: older notices keep it, newer ones cannot choose it
 */
public record District(long id, TownId town, String slug, Map<String, String> names, boolean active) {

    public District {
        names = Map.copyOf(names);
    }

    /** In this language, else in the town's first. */
    public String name(String language, String first) {
        return names.getOrDefault(language, names.getOrDefault(first, slug));
    }
}
