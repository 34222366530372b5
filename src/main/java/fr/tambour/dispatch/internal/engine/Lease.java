package fr.tambour.dispatch.internal.engine;

/**
 * Under which lease of which slice.
 *
 * @param slice its number
 * @param fence the lease's: see {@link Slice#fence}
 */
public record Lease(long slice, long fence) {}
