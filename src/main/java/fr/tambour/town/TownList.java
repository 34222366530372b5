package fr.tambour.town;

import java.util.List;
import java.util.Optional;

/** A list that a town keeps, in the town's order. */
public interface TownList<T extends Listed> {

    /** Those that notices may choose. */
    List<T> of(TownId town);

    /** Those it has and those it once had. */
    List<T> ever(TownId town);

    Optional<T> byId(TownId town, long id);

    /** Dropped ones too: their pages stay. */
    Optional<T> bySlug(TownId town, String slug);

    /**
     * Makes the town's list exactly this, in this order, in the caller's transaction: what has an id is renamed, what has
     * none is new, what is missing is dropped (and kept for the notices that have it).
     */
    List<T> arrange(TownId town, List<ListEntry> entries);
}
