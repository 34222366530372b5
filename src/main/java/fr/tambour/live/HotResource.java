package fr.tambour.live;

import fr.tambour.town.Town;
import fr.tambour.town.TownId;

/**
 * Addresses whose answer is the same for everybody who asks one town for it, and depends on nothing but its notices, its own
 * look and the minute: under surge they are answered from memory. A module says which of its own these are; what stands
 * there is made by its controllers, as ever, and kept as it left.
 */
public interface HotResource {

    /** @param path without language prefix; what is asked for there with a query is not meant: {@code /agenda} */
    boolean at(String path);

    /**
     * Whether an address names what stands there by its present version, as the town's own pages link to it. Under any other version it is
     * not kept: else anybody could have one thing kept under a million addresses.
     *
     * @param address with its query, if there is one, and without language prefix: {@code /ville/7.css}, {@code /icones/192.png?v=7}
     */
    default boolean isCurrent(String address, Town town) {
        return false;
    }

    /**
     * Whether programs that ask for ActivityStreams by name get something else at this address than people. It is kept beside
     * the page, and both say that they depend on what is asked for.
     *
     * @param path without language prefix and query
     */
    default boolean hasActivity(String path) {
        return false;
    }

    /**
     * Whether what programs get at such an address is the same for all who ask this town: else none of it is kept, and each of them is
     * answered by the controllers. Asked with each request, on the thread that reads from the network: it must not wait for anything.
     */
    default boolean isActivityForAll(TownId town) {
        return true;
    }
}
