package fr.tambour.dispatch.internal.engine;

import java.util.function.Function;

/** Where dispatches are written down. */
public interface Books {

    /** Does {@code work} in one transaction: all of it is written and returned, or nothing is and the exception goes on. */
    <T> T write(Function<Ledger, T> work);
}
