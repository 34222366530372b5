package fr.tambour.dispatch.internal.engine;

/**
 * Under which lease of which slice: each that is made of a slice has a higher fence than the one before, and only the latest
 * may settle ({@link Slice#isHeldUnder}).
 *
 * @param slice its number
 */
public record Lease(long slice, long fence) {

    /** Under which nothing was ever sent. */
    static final Lease NOBODYS = new Lease(Slice.RETRIES, 0);
}
