package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience.Dropped;
import fr.tambour.town.TownId;

/** What readers of a town once could choose by and cannot any more, as the caller's transaction sees it. */
@FunctionalInterface
interface TownLists {

    Dropped dropped(TownId town);
}
