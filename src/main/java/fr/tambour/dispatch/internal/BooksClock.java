package fr.tambour.dispatch.internal;

import java.time.Instant;

/** The time by which leases are made and retries fall due: one clock for all nodes that share the database. */
@FunctionalInterface
interface BooksClock {

    Instant now();
}
