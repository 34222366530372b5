package fr.tambour.dispatch;

import java.time.Instant;

/** How the timer that publishes and ends what is due is doing. */
public interface TimerState {

    /** When it last looked without failing; the epoch if never. It looks at least every second while all is well. */
    Instant lastRun();

    /** Whether it looks at all: not while it is stopped, nor where only a command is answered. */
    boolean isRunning();
}
