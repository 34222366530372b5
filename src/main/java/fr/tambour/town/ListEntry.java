package fr.tambour.town;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a town's list of districts or themes, as its administrators edit it.
 *
 * @param id of the one to keep; null for a new one
 * @param names by BCP 47 tag
 */
public record ListEntry(@Nullable Long id, Map<String, String> names) {

    public ListEntry {
        names = Map.copyOf(names);
    }
}
