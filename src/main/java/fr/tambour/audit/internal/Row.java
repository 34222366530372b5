package fr.tambour.audit.internal;

/**
 * An entry as the table holds it.
 *
 * @param at milliseconds
 * @param details JSON object, keys in order
 */
record Row(long townId, long number, long at, long personId, String action, String subject, String details) {}
