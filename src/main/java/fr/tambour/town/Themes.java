package fr.tambour.town;

import java.util.List;
import java.util.Optional;

/** A town's themes, in the town's order. */
public interface Themes {

    /** Those that notices may choose. */
    List<Theme> of(TownId town);

    /** Those it has and those it once had. */
    List<Theme> ever(TownId town);

    Optional<Theme> byId(TownId town, long id);

    /** Dropped ones too: their pages stay. */
    Optional<Theme> bySlug(TownId town, String slug);

    /**
     * Makes the town's list exactly this, in this order, in the caller's transaction: what has an id is renamed, what has
     * none is new, what is missing is dropped (and kept for the notices that have it).
     */
    List<Theme> arrange(TownId town, List<ListEntry> entries);
}
