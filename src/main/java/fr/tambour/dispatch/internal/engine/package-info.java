/**
 * Deciding what is carried: no thread, no clock, no network and no database in here.
 *
 * <p>{@link fr.tambour.dispatch.internal.engine.Clerk} writes in the books what one transaction may write: it leases a slice
 * and begins a page, settles a page, winds up what has ended. {@link fr.tambour.dispatch.internal.engine.Engine} decides
 * what to lease next. {@link fr.tambour.dispatch.internal.engine.Flight} takes one page to its recipients, at the pace that
 * {@link fr.tambour.dispatch.internal.engine.Pace} has learnt of each origin. All are fed with events and the time, and
 * answer with what is to be done; the workers around them do it, and so does the simulation.
 */
@NullMarked
package fr.tambour.dispatch.internal.engine;

import org.jspecify.annotations.NullMarked;
