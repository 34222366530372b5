package fr.tambour.mail.internal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters that wait for the mail server: few are on their way at once, and not many wait. A server that is slow, or gone,
 * costs letters and never threads. What waits is in memory only; whoever posts a letter says the same elsewhere.
 */
final class Outbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int IDLE_S = 30;

    /** How long letters are waited for when Tambour stops. */
    private static final int LAST_S = 5;

    private final int waiting;
    private final ThreadPoolExecutor senders;

    /**
     * @param senders letters on their way at once
     * @param waiting letters that wait at most
     */
    Outbox(int senders, int waiting) {
        this.waiting = waiting;
        this.senders = new ThreadPoolExecutor(
                senders,
                senders,
                IDLE_S,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                Thread.ofPlatform().name("mail-", 1).daemon().factory());
        this.senders.allowCoreThreadTimeOut(true);
    }

    /**
     * @param what the letter is, for the log
     * @param sending answers whether the mail server took it
     * @return false if it is dropped, since too many wait; the log says which
     */
    boolean take(String what, BooleanSupplier sending) {
        try {
            senders.execute(new Letter(what, sending));
            return true;
        } catch (RejectedExecutionException e) {
            log.warn("The letter {} is dropped: {} wait for the mail server already", what, waiting);
            return false;
        }
    }

    /** What can still leave within some seconds does; what cannot is dropped, and said. */
    @Override
    public void close() {
        senders.shutdown();
        try {
            if (senders.awaitTermination(LAST_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        senders.shutdownNow().forEach(left -> log.warn("{} is dropped: Tambour stops", left));
        log.warn(
                "{} letters were on their way when Tambour stopped: whether they arrived is not known",
                senders.getActiveCount());
    }

    private record Letter(String what, BooleanSupplier sending) implements Runnable {

        @Override
        public void run() {
            try {
                if (!sending.getAsBoolean()) {
                    log.warn("The letter {} did not leave", what);
                }
            } catch (RuntimeException e) {
                log.warn("The letter {} did not leave", what, e);
            }
        }

        @Override
        public String toString() {
            return "The letter " + what;
        }
    }
}
