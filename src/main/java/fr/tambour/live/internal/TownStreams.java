package fr.tambour.live.internal;

import fr.tambour.live.Progress;
import fr.tambour.live.internal.EventLog.Stretch;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The open pages of one town, and the end of its log in memory, read from the database and nowhere else. */
final class TownStreams {

    private static final Logger LOG = LoggerFactory.getLogger(TownStreams.class);

    /** From so many on, all processors tell them. */
    private static final long WORTH_SHARING = 500;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    /** A page that waits for the database for longer is told to come again. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final TownId town;
    private final EventLog log;
    private final Executor readers;
    private final Pause pause;
    private final ConcurrentHashMap<Stream, Boolean> streams = new ConcurrentHashMap<>();
    private final Followed followed = new Followed();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger wanted = new AtomicInteger();
    private volatile @Nullable Tail tail;
    private volatile boolean behind;

    /** How it is waited. */
    interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /** @param readers where it is waited, for the database as well */
    TownStreams(TownId town, EventLog log, Executor readers, Pause pause) {
        this.town = town;
        this.log = log;
        this.readers = readers;
        this.pause = pause;
    }

    /**
     * Waits for nothing, not even for the database: has {@code then} run once this node knows as much as the page, which is
     * at once unless the database has to be asked; {@code unanswered} where it does not answer.
     *
     * @param since the last event that the page knows, -1 if it knows none
     */
    void whenKnown(long since, Runnable then, Runnable unanswered) {
        Tail known = tail;
        if (known != null && since <= known.position()) {
            then.run();
            return;
        }
        // The first page of this town, or one that has heard more from another node than this one yet. However many
        // claim that at once, the database is asked for all of them together.
        waiting.add(new Waiting(then, unanswered, System.nanoTime()));
        wake();
    }

    /** Once it is known. */
    void open(Stream stream, long since) {
        // Before its beginning is written: what comes from now on is either in that or sent after it.
        streams.put(stream, true);
        followed.add(stream);
        stream.begin(since);
        stream.advance();
    }

    /** Tells those to come again that have waited for the database for long by then, in nanoseconds. */
    void letGo(long now) {
        waiting.stream()
                .filter(one -> now - one.cameAt() >= LONGEST_WAIT.toNanos())
                .forEach(one -> settle(one, false));
    }

    /** Tells all of those. */
    void letGo() {
        waiting.forEach(one -> settle(one, false));
    }

    void left(Stream stream) {
        streams.remove(stream);
        followed.remove(stream);
    }

    Set<Stream> all() {
        return streams.keySet();
    }

    Tail tail() {
        Tail known = tail;
        if (known == null) {
            throw new IllegalStateException("Nothing has been read yet");
        }
        return known;
    }

    /** Has what is new read and sent; however often it is called meanwhile, one reads at a time. */
    void wake() {
        if (wanted.getAndIncrement() == 0) {
            readers.execute(this::drain);
        }
    }

    /** Tells those that follow a notice if it has moved; without whoever carries notices nothing ever does. */
    void follow(ObjectProvider<Progress> progress) {
        List<NoticeId> notices = followed.due(System.nanoTime());
        Progress known = notices.isEmpty() ? null : progress.getIfAvailable();
        if (known == null) {
            return;
        }
        notices.forEach(notice -> {
            try {
                OptionalLong mark = known.mark(town, notice);
                if (mark.isPresent()) {
                    followed.goes(notice);
                    followed.by(notice).forEach(stream -> guarded(stream, () -> stream.marked(mark.getAsLong())));
                } else {
                    followed.goesNowhere(notice, System.nanoTime());
                }
            } catch (RuntimeException e) {
                LOG.debug("How far notice {} is, is said when the database answers again", notice.ref(), e);
            }
        });
    }

    /** Whether the database has not said what is new. */
    boolean isBehind() {
        return behind;
    }

    private void drain() {
        boolean done = false;
        try {
            int seen = wanted.get();
            Duration took = drainOnce();
            while (!wanted.compareAndSet(seen, 0)) {
                // What happens in quick succession is told together. To tell thousands of pages takes as long as to
                // publish a
                // few notices, and who publishes needs the processors as well: telling takes half of the time at most.
                pause.take(took.compareTo(LONGEST_PAUSE) < 0 ? took : LONGEST_PAUSE);
                seen = wanted.get();
                took = drainOnce();
            }
            done = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!done) {
                // Whoever tends the streams has it tried again.
                behind = true;
                wanted.set(0);
            }
        }
    }

    /** @return how long it took to tell everybody */
    private Duration drainOnce() {
        // Those that came before it was asked.
        List<Waiting> begun = List.copyOf(waiting);
        Tail before = tail;
        boolean known = catchUp();
        begun.forEach(one -> settle(one, known));
        long began = System.nanoTime();
        if (tail != before) {
            streams.forEachKey(WORTH_SHARING, stream -> guarded(stream, stream::advance));
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** None keeps the others from hearing. */
    private static void guarded(Stream stream, Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.warn("An open page is left, since it could not be told", e);
            stream.failed(e);
        }
    }

    /** Once, and none keeps the others from it. */
    private void settle(Waiting one, boolean known) {
        if (waiting.remove(one)) {
            try {
                (known ? one.then() : one.unanswered()).run();
            } catch (RuntimeException | AssertionError e) {
                LOG.warn("A page that waited for its stream to begin gets none", e);
            }
        }
    }

    /** @param cameAt in nanoseconds of {@link System#nanoTime} */
    private record Waiting(Runnable then, Runnable unanswered, long cameAt) {}

    private synchronized boolean catchUp() {
        try {
            Tail known = tail;
            if (known == null) {
                tail = Tail.of(log.all(town));
            } else {
                Stretch more = log.after(town, known.position());
                more.events().forEach(event -> followed.goes(event.notice()));
                if (more.position() > known.position()) {
                    // What this node was too late for it cannot tell: who stands before that shows itself anew.
                    tail = more.follows(known.position()) ? known.with(more) : Tail.of(more);
                }
            }
            behind = false;
        } catch (RuntimeException e) {
            if (!behind) {
                LOG.warn("Open pages are told of what is new when the database answers again: {}", e.toString());
            }
            behind = true;
        }
        return !behind;
    }
}
