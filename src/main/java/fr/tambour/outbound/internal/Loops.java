package fr.tambour.outbound.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that speak with other sides. All that goes to one of them goes by one thread, the one that its connections
 * belong to; what is handed over while that thread is busy wakes it once, not once each.
 */
final class Loops {

    private static final Logger log = LoggerFactory.getLogger(Loops.class);

    static final int COUNT = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    /** So many in a row, before answers have their turn. */
    private static final int IN_A_ROW = 64;

    private final List<Loop> all;

    private Loops(List<Loop> all) {
        this.all = all;
    }

    static Loops of(EventLoopGroup group) {
        return new Loops(StreamSupport.stream(group.spliterator(), false)
                .map((EventExecutor executor) -> new Loop((EventLoop) executor))
                .toList());
    }

    Loop of(String host, int port) {
        return all.get(Math.floorMod(31 * host.hashCode() + port, all.size()));
    }

    List<Loop> all() {
        return all;
    }

    /** One thread and the origins that are its own: nobody else touches them. */
    static final class Loop {

        private final EventLoop thread;
        private final Queue<Runnable> handed = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean woken = new AtomicBoolean();
        private final Map<Origin.Key, Origin> origins = new HashMap<>();

        private Loop(EventLoop thread) {
            this.thread = thread;
        }

        EventLoop thread() {
            return thread;
        }

        /** By this thread alone. */
        Map<Origin.Key, Origin> origins() {
            return origins;
        }

        /**
         * @param work never throws
         * @throws RejectedExecutionException if it has been stopped: then the work is left to {@link #finish}
         */
        void hand(Runnable work) {
            handed.add(work);
            wake();
        }

        private void wake() {
            if (woken.compareAndSet(false, true)) {
                try {
                    thread.execute(this::run);
                } catch (RejectedExecutionException e) {
                    // Whoever comes next is to be told so as well.
                    woken.set(false);
                    throw e;
                }
            }
        }

        private void run() {
            woken.set(false);
            for (int i = 0; i < IN_A_ROW; i++) {
                Runnable work = handed.poll();
                if (work == null) {
                    return;
                }
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    // What was handed over behind it has to have its turn.
                    log.error("What was to be sent could not be", e);
                }
            }
            if (!handed.isEmpty()) {
                wake();
            }
        }

        /** What was handed over while it stopped; its thread is no more. */
        void finish() {
            for (Runnable work = handed.poll(); work != null; work = handed.poll()) {
                work.run();
            }
        }

        void each(Consumer<Origin> what) {
            List.copyOf(origins.values()).forEach(what);
        }
    }
}
