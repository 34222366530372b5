package fr.tambour.fediverse.internal;

/** An activity on its way, and which of our accounts signs it. */
record Post(Actor from, byte[] activity) {}
