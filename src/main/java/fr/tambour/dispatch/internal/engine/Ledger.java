package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.FannedOutChannel.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of dispatches within one transaction. What it reads for writing nobody else changes before the commit. */
public interface Ledger {

    /** The time by which leases are made and retries fall due: one clock for all nodes that share the books. */
    Instant now();

    /**
     * Those not settled, exercises last, the oldest first.
     *
     * @param emergency the emergencies, or all others
     * @param after the one behind which they begin; null for all
     */
    List<OpenDispatch> unsettled(boolean emergency, @Nullable OpenDispatch after, int limit);

    /** For writing. */
    Optional<OpenDispatch> dispatch(Ref ref);

    void put(OpenDispatch dispatch);

    /** Slices of a dispatch that are not done, in the order of their numbers, that of retries among them if there is one. */
    List<Slice> unfinished(Ref ref);

    /** For writing. */
    Optional<Slice> slice(Ref ref, long number);

    void put(Slice slice);

    /**
     * Those due by now, the longest due first.
     *
     * @param limit recipients at most; more only where the first row stands for more
     */
    List<Retry> dueRetries(Ref ref, int limit);

    /** The same whenever they are due. */
    List<Retry> retries(Ref ref, int limit);

    /** The row of which this recipient is the first. */
    Optional<Retry> retry(Ref ref, long key);

    /** When the first of a dispatch is due; empty where nobody is to be tried again. */
    Optional<Instant> nextRetry(Ref ref);

    void put(List<Retry> retries);

    /** Whoever of a dispatch is to be tried again later than that is due. */
    void makeDue(Ref ref, Instant later);

    /**
     * Whoever waits for one of these origins, and for nothing else, is due, of whatever dispatch; not whom another transaction
     * holds, which this one does not wait for.
     *
     * @return whose they are
     */
    Set<Ref> bringForward(Set<String> origins);

    /** The rows of which these recipients are the first. */
    void remove(Ref ref, List<Long> retries);

    /**
     * Whether a page of an older dispatch of the same notice over the same channel is under way, its lease not run out; or,
     * where their channel wants to know first, it is not known yet who missed that one.
     */
    boolean olderUnderWay(OpenDispatch dispatch);

    /** See {@link fr.tambour.dispatch.FannedOutChannel#boundary}. */
    long boundary(OpenDispatch dispatch, long after, long upTo, int count);

    /** See {@link fr.tambour.dispatch.FannedOutChannel#recipients(fr.tambour.dispatch.Errand, long, long, int)}. */
    List<Recipient> recipients(OpenDispatch dispatch, long after, long upTo, int size);

    /** How many of them there are in this range. */
    long count(OpenDispatch dispatch, long after, long upTo);

    /** Those of these keys whom the dispatch is still for, ascending. */
    List<Recipient> recipients(OpenDispatch dispatch, List<Long> keys);

    /** Which of these keys are still somebody's, whether the dispatch is for them or not. */
    Set<Long> known(OpenDispatch dispatch, List<Long> keys);

    /** See {@link fr.tambour.dispatch.FannedOutChannel#away}. */
    Set<Long> away(OpenDispatch dispatch, List<Long> keys);

    /** See {@link fr.tambour.dispatch.FannedOutChannel#forget}. */
    void forget(OpenDispatch dispatch, List<Recipient> gone);

    /** See {@link fr.tambour.dispatch.FannedOutChannel#missed}. */
    default void missed(OpenDispatch dispatch, List<Long> keys) {}

    /** The same of all whom it is for in this range. */
    default void missed(OpenDispatch dispatch, long after, long upTo) {}

    /** Whether what may have left may leave again. */
    boolean repeatable(OpenDispatch dispatch);
}
