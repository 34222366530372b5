package fr.tambour.audit.internal;

/**
 * A place in the chain.
 *
 * @param number of the entry; 0 before the first
 * @param mac of the entry, 64 hexadecimal digits
 */
record Link(long number, String mac) {

    static final Link START = new Link(0, "0".repeat(64));
}
