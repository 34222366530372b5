package fr.tambour.dispatch;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has recipients, known by 64-bit keys that only grow: who comes later has a higher one. The engine reads them in the order
 * of their keys, a page at a time, and never keeps a row for each.
 *
 * @param <R> what the channel needs to reach one
 */
public non-sealed interface FannedOutChannel<R extends FannedOutChannel.Recipient> extends Channel {

    /** One who is told. */
    interface Recipient {

        /** Positive, unique in the town and this channel, never used again. */
        long key();

        /** Who has to answer for it, in a word: the host of a push service, a mail server. Paced together. */
        String origin();
    }

    /** The highest key among the town's recipients, as the caller's transaction sees them; 0 where there is none. */
    long highestKey(TownId town);

    /** The hours at which somebody's quiet hours end who is in them at this hour of the town's clock. */
    Set<Integer> wakingHours(TownId town, int asleepAt);

    /**
     * How many of the town's recipients with keys above {@code after} and up to {@code upTo} a publication for this audience
     * would tell at this hour of the town's clock: exact, by the rules that {@link #recipients} goes by, in the caller's
     * transaction. They are counted where they lie, in one go; of a million that takes a second.
     */
    Reached reach(TownId town, Audience audience, int hour, long after, long upTo);

    /**
     * How many are told.
     *
     * @param now at once
     * @param waking of those who are in their quiet hours, how many at each hour at which these end
     */
    record Reached(long now, SortedMap<Integer, Long> waking) {

        public Reached {
            waking = Collections.unmodifiableSortedMap(new TreeMap<>(waking));
        }
    }

    /**
     * Those whom an errand is for, with keys above {@code after} and up to {@code upTo}, ascending, in the caller's
     * transaction.
     *
     * @param size at most so many; fewer only where there are no more
     */
    List<R> recipients(Errand errand, long after, long upTo, int size);

    /** How many {@link #recipients} would give of this range, without a bound; where none of them is needed, only counted. */
    default long count(Errand errand, long after, long upTo) {
        return recipients(errand, after, upTo, Integer.MAX_VALUE).size();
    }

    /** Those of these keys whom an errand is still for, ascending, in the caller's transaction. */
    List<R> recipients(Errand errand, List<Long> keys);

    /** Which of these keys are still somebody's, whether an errand is for them or not, in the caller's transaction. */
    Set<Long> known(TownId town, List<Long> keys);

    /**
     * Which of these keys are somebody's who cannot be told just now, whatever an errand is for, and is expected back: they are
     * tried again later. In the caller's transaction.
     */
    default Set<Long> away(TownId town, List<Long> keys) {
        return Set.of();
    }

    /**
     * The key of the {@code count}th of the town's recipients above {@code after}, whether an errand is for them or not;
     * {@code upTo} where fewer are left up to there.
     */
    long boundary(TownId town, long after, long upTo, int count);

    /** Ready to carry an errand; asked again for each page, so it is quick. */
    Mailing<R> mailing(Errand errand);

    /** Forgets recipients who are gone, each only if it has not changed since it was read; in the caller's transaction. */
    void forget(TownId town, List<R> gone);

    /**
     * Whether it wants to know who {@link #missed} a dispatch before a later one of the same notice begins: what that says may
     * go by whether they know of it.
     */
    default boolean notesWhoMissed() {
        return false;
    }

    /**
     * What a dispatch was to tell these may not have arrived, and is not sent any more: it was stopped, or its end came. In the
     * caller's transaction; whoever was given up before is not among them.
     */
    default void missed(TownId town, List<Long> keys) {}

    /** How whoever could not be told is tried again; empty for as the engine does by itself. */
    default Optional<Retrying> retrying() {
        return Optional.empty();
    }

    /** Whether the same errand twice looks like once: if not, what may have left is never sent again. */
    boolean repeatable();

    /** One errand's way to its recipients. */
    interface Mailing<R> {

        /**
         * Sends to one.
         *
         * @param notAfter nothing leaves from then on: what has not left is {@link Outcome.Expired}; null for no end
         * @param wanted asked as it really leaves, wherever it waits until then: what may not leave any more is
         *     {@link Outcome.Recalled}. On any thread, which it does not hold up
         * @param answer told exactly once, on any thread, which it does not hold up
         */
        void send(R recipient, @Nullable Instant notAfter, BooleanSupplier wanted, Consumer<Outcome> answer);

        /**
         * The same of what may be several messages, one after the other.
         *
         * @param goesOn told when one of them was answered for and another is to leave, on any thread, which it does not hold up:
         *     whoever answers is not silent, however many there are
         */
        default void send(
                R recipient,
                @Nullable Instant notAfter,
                BooleanSupplier wanted,
                Runnable goesOn,
                Consumer<Outcome> answer) {
            send(recipient, notAfter, wanted, answer);
        }
    }
}
