package fr.tambour.storage.internal;

import java.time.Duration;

/**
 * For how long the server of PostgreSQL may say nothing while one waits for it; then the connection is given up. A machine
 * that vanishes says nothing at all, and the system goes on sending to it for a quarter of an hour.
 *
 * @param reading in a transaction that only reads: what open pages wait for is read so, an alert above all
 * @param writing in all others: longer than the longest sweep takes over a million rows
 */
record Patience(Duration reading, Duration writing) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5));
}
