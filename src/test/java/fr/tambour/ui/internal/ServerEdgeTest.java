package fr.tambour.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.testing.Await;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ServerEdgeTest {

    private static final int RUSH = 100;

    @Test
    void threadsThatARushNeededAreGivenBackSoonAfterIt() throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(2 * RUSH);
        ServerEdge.letGoOfThreads(pool);
        pool.start();
        try {
            CountDownLatch working = new CountDownLatch(RUSH);
            CountDownLatch over = new CountDownLatch(1);
            for (int i = 0; i < RUSH; i++) {
                pool.execute(() -> {
                    working.countDown();
                    await(over);
                });
            }
            working.await();
            assertThat(pool.getThreads()).isGreaterThanOrEqualTo(RUSH);
            over.countDown();
            Await.until(() -> pool.getThreads() <= pool.getMinThreads());
        } finally {
            pool.stop();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
