package fr.tambour.dispatch.internal.engine;

import java.time.Duration;

/** What came of reaching for work. */
public sealed interface Taken {

    /** A page began: it may leave as soon as this is committed. */
    record Begun(Page page) implements Taken {}

    /** Some who are no longer to be told were accounted for; there may be more. */
    record Wound() implements Taken {}

    /** Everybody is accounted for. */
    record Finished() implements Taken {}

    /** There is nothing to take for now: look again after {@code pause}. */
    record Nothing(Duration pause) implements Taken {}
}
