package fr.tambour.town;

import java.util.Map;

/** A subject that readers choose by. */
public record Theme(long id, TownId town, String slug, Map<String, String> names, boolean active) implements Listed {

    public Theme {
        names = Map.copyOf(names);
    }
}
