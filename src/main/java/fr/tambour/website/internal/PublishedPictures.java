package fr.tambour.website.internal;

import fr.tambour.town.TownId;

/** Which pictures the public may see: those of notices that were published and not withdrawn. */
public interface PublishedPictures {

    enum Standing {
        /** No published notice ever showed it. */
        UNKNOWN,
        SHOWN,
        /** Every notice that showed it was withdrawn or no longer does. */
        GONE
    }

    Standing standing(TownId town, String hash);
}
