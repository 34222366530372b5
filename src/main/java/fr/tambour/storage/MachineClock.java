package fr.tambour.storage;

import java.time.Duration;

/**
 * The clock of this machine, beside the one that Tambour goes by (the {@link java.time.Clock} that is injected): with
 * PostgreSQL the database's, one for all nodes.
 */
public interface MachineClock {

    /** From so much on a person is told. */
    Duration NOTEWORTHY = Duration.ofSeconds(10);

    /** How far it is ahead of that one, negative where it is behind; zero where that is this machine's own. */
    Duration ahead();

    /** The same in whole seconds, as people are told it. */
    default long secondsAhead() {
        return ahead().plusMillis(500).toSeconds();
    }

    /** Whether somebody should look at one of the two. */
    default boolean isOff() {
        return ahead().abs().compareTo(NOTEWORTHY) > 0;
    }
}
