package fr.tambour.town;

import java.util.List;
import java.util.Optional;

/** A town's districts, in the town's order. */
public interface Districts {

    /** Those that notices may choose. */
    List<District> of(TownId town);

    /** Those it has and those it once had. */
    List<District> ever(TownId town);

    Optional<District> byId(TownId town, long id);

    /** Dropped ones too: their pages stay. */
    Optional<District> bySlug(TownId town, String slug);

    /**
     * Makes the town's list exactly this, in this order, in the caller's transaction: what has an id is renamed, what has
     * none is new, what is missing is dropped (and kept for the notices that have it).
     */
    List<District> arrange(TownId town, List<ListEntry> entries);
}
