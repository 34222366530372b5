package fr.tambour.fediverse.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * The threads that look at what other servers say: few, and none of those that speak with them, which carry alerts as well. No
 * {@link java.util.concurrent.Executor}: Spring would have the whole application use it.
 */
@Component
class StrangersWork implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING = 2_000;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("strangers-", 1).daemon().factory());

    StrangersWork() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws RejectedExecutionException if there is more to do than can wait */
    void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
