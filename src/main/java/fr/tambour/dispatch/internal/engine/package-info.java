/**
 * The engine: who is told next, and what is written of it. There is no thread, clock, network or database in here: events and the
 * time come in, orders go out. The workers around it do what is ordered and say what came of it; so does the simulation in the
 * tests, which lets them fail in every order.
 *
 * <pre>
 *   Order                          is carried out by         which answers with an Event
 *   ---------------------------    ----------------------    -----------------------------------------------
 *   Look, Take, Settle,            the Clerk, in one         Seen, Took, Settled, SettledLate, BroughtForward
 *   SettleLate, BringForward       transaction               once that is committed; else Failed
 *   Send                           the channel               HandedOver; of each recipient Heard, Answered
 *   Report                         the log
 * </pre>
 *
 * <p>In the order of reading:
 *
 * <p>{@link Event} is all that the engine hears, {@link Order} all that it wants done.
 *
 * <p>{@link OpenDispatch} is the row that a publication wrote, whether ten are to be told or a million. {@link Slice} is a range of
 * its recipients, cut off ({@link Cut}) as the dispatch goes on: <em>what is leased</em>. {@link Page} is who is told together, at
 * most some hundreds, under one {@link Lease}: each lease of a slice has a higher fence, and whoever holds an older one
 * writes nothing any more ({@link Slice#isHeldUnder}). {@link Retry} is the row of one who is to be tried again, or of some who
 * were put off together; nobody else has a row.
 *
 * <p>{@link Engine} keeps some pages under way and hands each event to whom it concerns. {@link Backlog} knows which dispatches have
 * something to do, and whose turn it is.
 *
 * <p>{@link Clerk} enters an order in the books. It takes a page in the transaction that looks whether the dispatch may still be
 * sent, and <em>moves the cursor</em> in the transaction that writes what became of the page. {@link NextPage} begins a page; one
 * whose lease has run out it <em>takes over</em>: the same recipients once more, who are in doubt. {@link WindUp} accounts for
 * whoever is left of a dispatch that was stopped or is over.
 *
 * <p>{@link Flight} takes one page to its recipients, each when its origin takes one more, and lands with a {@link PageResult} when
 * all are answered for or no more patience is left. {@link Permit} says as each message really leaves whether it still may:
 * <em>the end, the withdrawal and the lease</em> are looked at there. {@link Findings} collects what became of whom,
 * {@link Stopwatch} the time that the page spent waiting for others.
 *
 * <p>{@link Pace} is how much each {@link Origin} (a push service, a server) takes at once, learnt from its answers, and for how
 * long it is left alone.
 *
 * <p>{@link Tally} is what became of recipients, counted, with {@link Failures} by their reasons and {@link Delays} in constant
 * space. {@link Policy} holds all measures. {@link Books} and {@link Ledger} are what the engine needs of a database: a
 * transaction, and the rows in it.
 */
@NullMarked
package fr.tambour.dispatch.internal.engine;

import org.jspecify.annotations.NullMarked;
