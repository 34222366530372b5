package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Dispatch.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch as the engine sees it: one revision of a notice on its way over one channel. Whom it is for the channel knows.
 *
 * @param emergency whether it goes first
 * @param exercise whether it only practises that: then it goes after whatever is meant
 * @param state {@code STOPPED} as soon as nothing more of it may leave, {@code SETTLED} once everybody is accounted for
 * @param upper the highest recipient key when it was published
 * @param frontier up to which slices were cut
 * @param openedAt when it was published; delays count from {@code notBefore}
 * @param notBefore when it may begin
 * @param until from when on nothing of it may leave; null while it has none
 * @param held whether a person, or a restore, holds it back
 * @param settledAt when everybody was accounted for; null while somebody is not
 */
public record OpenDispatch(
        Ref ref,
        long notice,
        String channel,
        boolean emergency,
        boolean exercise,
        State state,
        long upper,
        long frontier,
        Instant openedAt,
        Instant notBefore,
        @Nullable Instant until,
        boolean held,
        @Nullable Instant settledAt) {

    /** Slices cover it up to there. */
    OpenDispatch cutTo(long key) {
        return with(state, key, settledAt);
    }

    /** Everybody is accounted for. */
    OpenDispatch settled(Instant at) {
        return with(state == State.OPEN ? State.SETTLED : state, frontier, at);
    }

    private OpenDispatch with(State state, long frontier, @Nullable Instant settledAt) {
        return new OpenDispatch(
                ref, notice, channel, emergency, exercise, state, upper, frontier, openedAt, notBefore, until, held,
                settledAt);
    }

    /** What goes first has the lowest: an emergency, then an exercise of one, then the rest. */
    int rank() {
        return emergency ? exercise ? 1 : 0 : 2;
    }

    /** Whether it is an emergency that is meant. */
    boolean isUrgent() {
        return rank() == 0;
    }

    /** Whether it may begin. What was to begin at once may whatever the clock says: another node's may have written that. */
    boolean isDue(Instant now) {
        return !notBefore.isAfter(openedAt) || !now.isBefore(notBefore);
    }

    /** Whether there may be something to do: if only to account for those to whom nothing is sent any more. */
    boolean isReady(Instant now) {
        return hasEnded(now) || isDue(now) && !held;
    }

    /** Whether nothing of it leaves any more: whoever is left is only accounted for. */
    boolean hasEnded(Instant now) {
        return state == State.STOPPED || isOver(now);
    }

    /** Whether its end has come. */
    boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }
}
