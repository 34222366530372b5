package fr.tambour.town;

import java.util.Map;

/** A part of a town. */
public record District(long id, TownId town, String slug, Map<String, String> names, boolean active) implements Listed {

    public District {
        names = Map.copyOf(names);
    }
}
