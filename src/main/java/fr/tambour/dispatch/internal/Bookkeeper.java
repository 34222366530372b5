package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.internal.engine.Clerk;
import fr.tambour.dispatch.internal.engine.Event;
import fr.tambour.dispatch.internal.engine.Ledger;
import fr.tambour.dispatch.internal.engine.Order;
import fr.tambour.dispatch.internal.engine.Ref;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    /**
     * For so long one waits for another node that holds something. Longer than it takes to account for the most that one
     * transaction does, and so short that an alert behind it is told within seconds, and that leases are kept meanwhile.
     */
    private static final Duration FOR_OTHERS = Duration.ofSeconds(2);

    /** The same while what could not be written together is tried one by one. */
    private static final Duration FOR_ONE = Duration.ofMillis(250);

    /** The same where one has waited in vain. */
    private static final Duration FOR_THE_STUCK = Duration.ofMillis(10);

    private final BlockingQueue<Order.Entry> entries = new LinkedBlockingQueue<>();
    private final JdbcBooks books;
    private final Clerk clerk;
    private final Consumer<Event> told;
    private final Executor later;
    private final Clock clock;

    /** Dispatches that somebody held for longer than one waits. */
    private final Set<Ref> stuck = new HashSet<>();

    private final SortedMap<String, Long> unsaid = new TreeMap<>();
    private Instant said = Instant.EPOCH;

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

    /** @param why by itself, not together with others */
    private record Unwritten(Order.Entry entry, Throwable why) {}

    /**
     * In one transaction; where that fails, each in its own, so that one that cannot be written holds up no other. Nor does what
     * another node holds and never lets go of, since its machine is gone: until PostgreSQL has found that out, what belongs to
     * it is tried apart.
     */
    void write(List<Order.Entry> together) {
        List<Order.Entry> apart = together.stream().filter(this::isStuck).toList();
        List<Order.Entry> others =
                together.stream().filter(entry -> !isStuck(entry)).toList();
        List<Unwritten> failed = new ArrayList<>();
        Throwable failure = others.isEmpty() ? null : failureOf(others, FOR_OTHERS);
        Map<Ref, Throwable> held = new HashMap<>();
        if (failure != null && others.size() == 1) {
            note(others.getFirst(), failure, failed);
        } else if (failure != null) {
            others.forEach(entry -> note(entry, failureOf(entry, held), failed));
        }
        apart.forEach(entry -> note(entry, failureOf(entry, held), failed));
        if (!failed.isEmpty()) {
            say(failed);
            later.execute(() -> failed.forEach(each -> told.accept(new Event.Failed(each.entry()))));
        }
    }

    private boolean isStuck(Order.Entry entry) {
        return stuck.contains(Order.Entry.held(entry));
    }

    /**
     * By itself. Of a dispatch that somebody holds one entry waits, and the others with it: what a thousand late answers would
     * wait for one after the other, an alert behind them would, too.
     *
     * @param held those found so since this began, and how that showed
     */
    private @Nullable Throwable failureOf(Order.Entry entry, Map<Ref, Throwable> held) {
        Ref ref = Order.Entry.held(entry);
        Throwable known = held.get(ref);
        if (known != null) {
            return known;
        }
        Throwable why = failureOf(List.of(entry), isStuck(entry) ? FOR_THE_STUCK : FOR_ONE);
        if (why != null && JdbcBooks.isHeld(why)) {
            held.put(ref, why);
        }
        return why;
    }

    /** @param why it could not be written by itself; null if it was */
    private void note(Order.Entry entry, @Nullable Throwable why, List<Unwritten> failed) {
        if (why != null) {
            failed.add(new Unwritten(entry, why));
        }
        if (why != null && JdbcBooks.isHeld(why)) {
            stuck.add(Order.Entry.held(entry));
        } else {
            stuck.remove(Order.Entry.held(entry));
        }
    }

    /** A full disk fails four times a second: that is said once a minute, of all that failed since. */
    private void say(List<Unwritten> failed) {
        failed.forEach(each -> unsaid.merge(each.entry().getClass().getSimpleName(), 1L, Long::sum));
        Instant now = clock.instant();
        if (now.isBefore(said) || !now.isBefore(said.plus(BETWEEN_LINES))) {
            String what = unsaid.entrySet().stream()
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining(", "));
            LOG.warn(
                    "{} could not be written: tried again",
                    what,
                    failed.getFirst().why());
            said = now;
            unsaid.clear();
        }
    }

    /** @param patience with whoever holds something of it */
    private @Nullable Throwable failureOf(List<Order.Entry> together, Duration patience) {
        Function<Ledger, List<Event>> work = ledger ->
                together.stream().map(entry -> clerk.enter(ledger, entry)).toList();
        boolean onlyReads = together.stream().allMatch(Order.Look.class::isInstance);
        try {
            (onlyReads ? books.read(work) : books.write(work, patience)).forEach(told);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }
}
