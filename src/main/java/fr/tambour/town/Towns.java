package fr.tambour.town;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The towns of this instance. Reading costs no query: they are held in memory, renewed when a change commits, and on
 * other nodes within a second.
 */
public interface Towns {

    /**
     * The town that a request for this host is for.
     *
     * @param host as in the Host header, with or without port, any case; {@code SLUG.localhost} shows that town; {@code
     *     localhost} and loopback addresses the only one, empty when there are several
     */
    Optional<Town> byHost(String host);

    Optional<Town> byId(TownId id);

    Optional<Town> bySlug(String slug);

    /** @throws java.util.NoSuchElementException if there is none */
    default Town get(TownId id) {
        return byId(id).orElseThrow();
    }

    /** In order of their names. */
    List<Town> all();

    /**
     * Adds a town in the caller's transaction.
     *
     * @throws fr.tambour.ui.Refusal 409 {@code town.host-taken} if another town has one of its hosts
     */
    Town add(Town.Origin origin, Profile profile, boolean demonstration);

    /**
     * The same under an id that was taken beforehand: at set-up, the arms are kept for a town that is not there yet.
     *
     * @param id fresh from {@link fr.tambour.storage.Ids}
     * @throws fr.tambour.ui.Refusal 409 {@code town.host-taken} if another town has one of its hosts
     */
    Town add(TownId id, Town.Origin origin, Profile profile, boolean demonstration);

    /**
     * Changes a town in the caller's transaction. Its identifiers stay what they were whatever its address becomes, save
     * those of a town that had only an address of its own machine (`localhost`) until now.
     *
     * @param version the version the change is based on
     * @throws fr.tambour.ui.Refusal 409 {@code town.changed-meanwhile} if it has been changed since, {@code
     *     town.host-taken} if another town has one of its hosts
     * @throws java.util.NoSuchElementException if there is no such town
     */
    Town change(TownId id, long version, Profile profile);

    /**
     * The next value of the town's counter, taken under the town's row lock in the caller's transaction: who reads
     * "everything after 41" never misses what commits later with a lower number.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of one
     */
    long nextCounter(TownId id);

    /**
     * Holds the town's row until the caller's transaction ends: of several who change what belongs to it, one is first.
     *
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of one
     */
    void lock(TownId id);

    /** The counter's value, read from the database: that of the last committed transition. */
    long counter(TownId id);

    /** The same of all towns, in one look. */
    Map<TownId, Long> counters();
}
