package fr.tambour.audit.internal;

import java.util.List;
import java.util.Optional;

/** The journal's table. */
interface Entries {

    /** Takes the chain's lock until the end of the transaction. */
    Link lock();

    /** The end without a lock. */
    Link end();

    /** Adds a row after the end. Needs the lock. */
    void append(Row row, String mac);

    /** Moves the end. Needs the lock. */
    void moveEnd(Link end);

    Optional<String> mac(long number);

    /** In the order of the chain, over all towns: those after a number and town. */
    List<Chained> after(long number, long townId, int size);

    /** One town's, newest first. */
    List<Row> page(long townId, long before, int size);

    record Chained(Row row, String mac) {}
}
