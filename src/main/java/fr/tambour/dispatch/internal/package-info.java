/**
 * What lies around the {@link fr.tambour.dispatch.internal.engine engine}: the workers, the books in the database, and what opens
 * dispatches and reads them.
 *
 * <p>A notice's step opens its dispatches ({@link DispatchStep}) in the transaction that makes it public, and rings the {@link Bell}.
 * {@link Carrier} lets the engine decide, on one thread; {@link Bookkeeper} writes what it orders, on another, many entries to a
 * transaction ({@link JdbcBooks}, {@link JdbcLedger}); {@link FannedOutChannels} hands messages to their channels, with the
 * {@link Errands errand} that says what they need to know. {@link JdbcDispatches} reads the account, {@link LeftToTell} how many are
 * left, {@link StoredInterventions} lets a person pause and stop, {@link ChannelOutreach} counts before a release.
 * {@link DueTimer} publishes and ends what is due: it is no part of all this, but the clock of the notices themselves.
 */
@NullMarked
package fr.tambour.dispatch.internal;

import org.jspecify.annotations.NullMarked;
