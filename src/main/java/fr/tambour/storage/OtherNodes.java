package fr.tambour.storage;

import java.util.function.LongConsumer;

/**
 * The other nodes on the same PostgreSQL; SQLite has none. What they commit is found by a look every half second. A
 * notification of PostgreSQL says at once that it is worth one: it is a hint, which may come late, twice or never.
 */
public interface OtherNodes {

    /**
     * Has something looked for regularly, once the application has started.
     *
     * @param unless what is the case while the database does not answer, as the beginning of a sentence for the log
     * @param look is called by one thread; the next comes half a second after its end
     */
    void watch(String unless, Runnable look);

    /** @param heard is given the id of the town that another node, or this one, has told of; by one thread */
    void listen(LongConsumer heard);

    /** Tells that something of a town has been committed. Waits for nothing. */
    void tell(long town);
}
