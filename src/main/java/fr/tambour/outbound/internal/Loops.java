package fr.tambour.outbound.internal;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads that speak with other sides. All that goes to one of them goes by one thread, the one that its connections
 * belong to; what is handed over while that thread is busy wakes it once, not once each.
 */
final class Loops {

    static final int COUNT = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    /** So many in a row, before answers have their turn. */
    private static final int IN_A_ROW = 64;

    private final List<Loop> all;

    private Loops(List<Loop> all) {
        this.all = all;
    }

    static Loops of(Vertx vertx) {
        List<Loop> loops = new CopyOnWriteArrayList<>();
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() throws Exception {
                                loops.add(new Loop(context));
                                return super.start();
                            }
                        },
                        new DeploymentOptions().setInstances(COUNT))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new Loops(loops);
    }

    Loop of(String host, int port) {
        return all.get(Math.floorMod(31 * host.hashCode() + port, all.size()));
    }

    static final class Loop {

        private final Context context;
        private final Queue<Runnable> handed = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean woken = new AtomicBoolean();

        private Loop(Context context) {
            this.context = context;
        }

        /** @param work never throws */
        void hand(Runnable work) {
            handed.add(work);
            wake();
        }

        private void wake() {
            if (woken.compareAndSet(false, true)) {
                context.runOnContext(_ -> run());
            }
        }

        private void run() {
            woken.set(false);
            for (int i = 0; i < IN_A_ROW; i++) {
                Runnable work = handed.poll();
                if (work == null) {
                    return;
                }
                work.run();
            }
            if (!handed.isEmpty()) {
                wake();
            }
        }
    }
}
