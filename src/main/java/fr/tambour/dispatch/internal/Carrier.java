package fr.tambour.dispatch.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Outcome;
import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Engine;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Pace;
import fr.tambour.dispatch.internal.engine.Page;
import fr.tambour.dispatch.internal.engine.Policy;
import fr.tambour.dispatch.internal.engine.Ref;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The workers around the {@link Engine}: one thread lets it decide, one writes what it orders in the books, as many as there
 * are processors hand messages to their channels. What a thread could not do it says; nothing is kept here that a crash may
 * not take.
 */
@Component
class Carrier implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private static final long BEAT_MS = 50;
    private static final int MOST_EVENTS = 4_096;
    private static final int MOST_ERRANDS = 2_000;
    private static final long AFTER_FAILURE_MS = 250;
    private static final long LEAVING_S = 5;

    private final JdbcBooks books;
    private final Errands errands;
    private final FannedOutChannels channels;
    private final Bell bell;
    private final Policy policy;
    private final Clock clock;
    private final boolean enabled;
    private volatile @Nullable Running running;

    Carrier(
            JdbcBooks books,
            Errands errands,
            FannedOutChannels channels,
            Bell bell,
            Policy policy,
            Clock clock,
            @Value("${tambour.timer.enabled:true}") boolean enabled) {
        this.books = books;
        this.errands = errands;
        this.channels = channels;
        this.bell = bell;
        this.policy = policy;
        this.clock = clock;
        this.enabled = enabled;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        Running started = new Running();
        running = started;
        bell.onRing(() -> started.events.add(new Event.Published()));
        started.start();
    }

    @Override
    public synchronized void stop() {
        bell.onRing(null);
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Threads and queues between a start and a stop. */
    private final class Running {

        final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final Engine engine = new Engine(policy, new Pace(policy, new SplittableRandom()));
        private final Bookkeeper bookkeeper = new Bookkeeper(
                books,
                new Clerk(policy),
                events::add,
                CompletableFuture.delayedExecutor(AFTER_FAILURE_MS, TimeUnit.MILLISECONDS),
                clock);
        private final Thread deciding =
                Thread.ofPlatform().name("carrier").daemon().unstarted(this::decide);
        private final Thread writing =
                Thread.ofPlatform().name("carrier-books").daemon().unstarted(bookkeeper::work);
        private final ExecutorService sending = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("carrier-out-", 1).daemon().factory());
        private final Cache<Ref, Errand> known =
                Caffeine.newBuilder().maximumSize(MOST_ERRANDS).build();
        private volatile boolean outOfTime;

        void start() {
            deciding.start();
            writing.start();
        }

        /** What is under way is written down if that takes not too long; the rest is left to leases and cursors. */
        void stop() {
            events.add(new Event.Leaving());
            try {
                deciding.join(TimeUnit.SECONDS.toMillis(LEAVING_S));
                outOfTime = true;
                deciding.join();
                writing.interrupt();
                writing.join(TimeUnit.SECONDS.toMillis(LEAVING_S));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sending.shutdownNow();
        }

        private void decide() {
            List<Event> heard = new ArrayList<>();
            boolean leaving = false;
            while (!outOfTime && !(leaving && engine.isIdle())) {
                try {
                    Event first = events.poll(BEAT_MS, TimeUnit.MILLISECONDS);
                    heard.clear();
                    if (first != null) {
                        heard.add(first);
                        events.drainTo(heard, MOST_EVENTS);
                    }
                    heard.add(new Event.Tick());
                    for (Event event : heard) {
                        leaving |= event instanceof Event.Leaving;
                        hear(event);
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** Whatever is thrown, an error of the machine included: else nothing would ever be carried again. */
        private void hear(Event event) {
            try {
                engine.on(event, clock.instant()).forEach(this::order);
            } catch (Throwable e) {
                LOG.error("The engine stumbled over {}", event.getClass().getSimpleName(), e);
            }
        }

        private void order(Order order) {
            switch (order) {
                case Order.Entry entry -> bookkeeper.add(entry);
                case Order.Report report ->
                    LOG.error(
                            "A page of dispatch {} was given up: it is taken up when its lease runs out",
                            report.page().dispatch().ref(),
                            report.failure());
                case Order.Send send -> {
                    try {
                        sending.execute(() -> send(send));
                    } catch (Throwable e) {
                        unsent(send, e);
                        events.add(new Event.HandedOver(send));
                    }
                }
            }
        }

        private void send(Order.Send order) {
            try {
                Ref dispatch = order.page().dispatch().ref();
                Errand errand = Objects.requireNonNull(known.get(dispatch, errands::get));
                channels.send(order, errand, () -> order.permit().holds(clock.instant()), events::add);
            } catch (Throwable e) {
                unsent(order, e);
            } finally {
                events.add(new Event.HandedOver(order));
            }
        }

        private void unsent(Order.Send order, Throwable failure) {
            Page page = order.page();
            LOG.error(
                    "A page of dispatch {} could not be sent: tried again later",
                    page.dispatch().ref(),
                    failure);
            order.recipients()
                    .forEach(recipient ->
                            events.add(new Event.Answered(page, recipient, new Outcome.RetryAt(null, "unprepared"))));
        }
    }
}
