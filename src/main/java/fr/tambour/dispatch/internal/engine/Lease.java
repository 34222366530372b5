package fr.tambour.dispatch.internal.engine;

/**
 * Under which lease of which slice.
 *
 * @param slice its number
 * @param fence the lease's: see {@link Slice#fence}
 */
public record Lease(long slice, long fence) {

    /** Under which nothing was ever sent. */
    static final Lease NOBODYS = new Lease(Slice.RETRIES, 0);
}
