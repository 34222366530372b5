package fr.tambour.dispatch.internal.engine;

import java.util.Collection;
import java.util.List;

/** Books that the simulation can write publications into and look into: in memory, or a real database. */
public interface SimBooks extends Books {

    /**
     * Publishes.
     *
     * @param audience whom it is for by itself: 0 to 3 leaves out whoever's key is this modulo 4, {@link SimTowns#EVERYBODY} nobody,
     *     {@link SimTowns#NOBODY} everybody
     */
    void open(OpenDispatch dispatch, int audience);

    /** As a correction or a withdrawal does, before it opens its own. */
    void stop(long town, long notice);

    void hold(long town, long notice, boolean held);

    Collection<OpenDispatch> all();

    Collection<Slice> allSlices(Ref ref);

    SimTowns towns();

    int audience(Ref ref);

    /** See {@link SimTowns#isFor}. */
    default boolean isFor(OpenDispatch dispatch, long key) {
        Ref ref = dispatch.ref();
        return key <= dispatch.upper() && towns().isFor(ref.town(), audience(ref), () -> earlier(dispatch), key);
    }

    /** See {@link SimTowns#wasFor}. */
    default boolean wasFor(OpenDispatch dispatch, long key) {
        return key <= dispatch.upper() && SimTowns.wasFor(audience(dispatch.ref()), () -> earlier(dispatch), key);
    }

    /** Whether it is told as what comes of a notice that may have reached them before. */
    default boolean follows(OpenDispatch dispatch, long key) {
        return SimTowns.wasFor(SimTowns.NOBODY, () -> earlier(dispatch), key);
    }

    /** Not by the code that is looked at: by the rows. */
    private List<SimTowns.Reached> earlier(OpenDispatch dispatch) {
        return ofNotice(dispatch.ref().town(), dispatch.notice()).stream()
                .filter(older -> older.ref().dispatch() < dispatch.ref().dispatch()
                        && older.channel().equals(dispatch.channel())
                        && !isPart(older, dispatch))
                .flatMap(older -> allSlices(older.ref()).stream()
                        .filter(slice -> slice.number() != Slice.RETRIES)
                        .map(slice -> new SimTowns.Reached(audience(older.ref()), slice.number(), slice.sent())))
                .toList();
    }

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
