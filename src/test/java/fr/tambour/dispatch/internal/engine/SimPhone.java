package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;

/** A recipient of the simulation. */
public record SimPhone(long town, long key, String origin) implements Recipient {}
