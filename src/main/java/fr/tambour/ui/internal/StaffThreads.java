package fr.tambour.ui.internal;

import java.time.Duration;
import org.eclipse.jetty.server.handler.QoSHandler;

/**
 * Of the threads that answer, the public holds three quarters at most, from however many addresses: the studio and the
 * programs' API, where nobody gets a large answer without having signed in, find one of the rest. What comes beyond that
 * waits without a thread, and is told to come again (503) if its turn does not come.
 */
final class StaffThreads extends QoSHandler {

    private static final int QUARTERS = 3;

    /** Less than Jetty's half minute on a connection on which nothing moves: so the answer is ours (503). */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    StaffThreads(int threads) {
        setMaxRequestCount(Math.max(1, threads * QUARTERS / 4));
        setMaxSuspendedRequestCount(-1);
        setMaxSuspend(PATIENCE);
        excludePath("/studio/*", "/api/v1/*");
    }
}
