package fr.tambour.dispatch.internal;

import fr.tambour.town.TownId;
import java.time.ZoneId;

/** What hour it is in a town. */
@FunctionalInterface
interface TownClocks {

    ZoneId zone(TownId town);
}
