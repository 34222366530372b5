package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes in the books what the engine orders, what came in meanwhile together. */
final class Bookkeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

    private static final int MOST_ENTRIES = 64;
    private static final Duration BETWEEN_TRACES = Duration.ofMinutes(1);

    private final BlockingQueue<Order.Entry> entries = new LinkedBlockingQueue<>();
    private final JdbcBooks books;
    private final Clerk clerk;
    private final Consumer<Event> told;
    private final Executor later;
    private final Clock clock;
    private Instant traced = Instant.EPOCH;

    /**
     * @param told what is committed, or could not be written
     * @param later tells the latter after a pause, which nobody else is held up for
     */
    Bookkeeper(JdbcBooks books, Clerk clerk, Consumer<Event> told, Executor later, Clock clock) {
        this.books = books;
        this.clerk = clerk;
        this.told = told;
        this.later = later;
        this.clock = clock;
    }

    void add(Order.Entry entry) {
        entries.add(entry);
    }

    /** Until it is interrupted. */
    void work() {
        try {
            books.reclaim();
        } catch (Throwable e) {
            LOG.warn("What was under way before this start is taken up when its leases run out", e);
        }
        List<Order.Entry> together = new ArrayList<>();
        while (true) {
            try {
                together.clear();
                together.add(entries.take());
                entries.drainTo(together, MOST_ENTRIES - 1);
                write(Order.Entry.inOrder(together));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** In one transaction; where that fails, each in its own, so that one that cannot be written holds up no other. */
    void write(List<Order.Entry> together) {
        Throwable failure = failureOf(together);
        if (failure == null) {
            return;
        }
        List<Order.Entry> failed = new ArrayList<>(together);
        if (together.size() > 1) {
            failed.removeIf(entry -> failureOf(List.of(entry)) == null);
        }
        if (!failed.isEmpty()) {
            say(failed, failure);
            later.execute(() -> failed.forEach(entry -> told.accept(new Event.Failed(entry))));
        }
    }

    /** A full disk fails four times a second: where it failed is said in full once a minute. */
    private void say(List<Order.Entry> failed, Throwable failure) {
        String what = failed.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getClass().getSimpleName(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        Instant now = clock.instant();
        if (now.isBefore(traced) || !now.isBefore(traced.plus(BETWEEN_TRACES))) {
            traced = now;
            LOG.warn("{} could not be written: tried again", what, failure);
        } else {
            LOG.warn("{} could not be written: tried again: {}", what, failure.toString());
        }
    }

    private @Nullable Throwable failureOf(List<Order.Entry> together) {
        Function<Ledger, List<Event>> work = ledger ->
                together.stream().map(entry -> clerk.enter(ledger, entry)).toList();
        boolean onlyReads = together.stream().allMatch(Order.Look.class::isInstance);
        try {
            (onlyReads ? books.read(work) : books.write(work)).forEach(told);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
