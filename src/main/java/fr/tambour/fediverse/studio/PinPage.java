package fr.tambour.fediverse.studio;

/**
 * A notice that could stand first on the account.
 *
 * @param pinned whether it does
 * @param may whether there is room for it
 */
public record PinPage(String ref, boolean pinned, boolean may) {}
