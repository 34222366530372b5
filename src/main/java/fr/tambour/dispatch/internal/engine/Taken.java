package fr.tambour.dispatch.internal.engine;

import java.time.Duration;

/** What came of reaching for a dispatch's next page. */
public sealed interface Taken {

    /** A page began: it may leave as soon as this is committed. */
    record Begun(Page page) implements Taken {}

    /** Nothing leaves for now, but some were accounted for or passed over; there may be more. */
    record Accounted() implements Taken {}

    /** Everybody is accounted for: the dispatch is settled. */
    record Finished() implements Taken {}

    /** There is nothing to take for now: look again after {@code pause}. */
    record Nothing(Duration pause) implements Taken {}
}
