package fr.tambour.dispatch.internal.engine;

import java.util.Collection;
import java.util.List;

/** Books that the simulation can write publications into and look into: in memory, or a real database. */
public interface SimBooks extends Books {

    /**
     * Publishes.
     *
     * @param audience see {@link SimTowns#isTold}
     */
    void open(OpenDispatch dispatch, int audience);

    /** As a correction or a withdrawal does, before it opens its own. */
    void stop(long town, long notice);

    void hold(long town, long notice, boolean held);

    Collection<OpenDispatch> all();

    Collection<Slice> allSlices(Ref ref);

    /** Whether a dispatch is for somebody as they chose by now: by its own audience, or since older ones may have reached them. */
    boolean isFor(OpenDispatch dispatch, long key);

    /** Whether it is, or was before they unticked anything. */
    boolean wasFor(OpenDispatch dispatch, long key);

    /** Whether quiet hours split both off the same publication. */
    default boolean isPart(OpenDispatch one, OpenDispatch other) {
        return one.notice() == other.notice()
                && one.channel().equals(other.channel())
                && one.openedAt().equals(other.openedAt());
    }

    /** Everything of a dispatch added up. */
    default Tally account(Ref ref) {
        return allSlices(ref).stream().map(Slice::tally).reduce(Tally.NONE, Tally::plus);
    }

    default List<OpenDispatch> ofNotice(long town, long notice) {
        return all().stream()
                .filter(d -> d.ref().town() == town && d.notice() == notice)
                .toList();
    }
}
