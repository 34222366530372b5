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
     * Makes the town's list exactly this, in this order, within the caller's transaction if there is one: what has an id is
     * renamed; what has none is new, or comes back if one of this name was dropped before; what is missing is dropped (and
     * kept for the notices that have it).
     *
     * @return those that notices may choose from now on
     * @throws fr.tambour.ui.Refusal 422 {@code town.list-name-missing} if one has no name in the town's first language; 404
     *     {@code town.list-entry-unknown} if the town has none with this id
     */
    List<T> arrange(TownId town, List<ListEntry> entries);
}
