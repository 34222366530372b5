package fr.tambour.live.internal;

import fr.tambour.notice.NoticeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One open page: a position in its town's log, and at most one write under way. Whatever comes meanwhile leaves in one write
 * when that is done. No thread waits for it; who takes too long is left.
 */
final class Stream implements Callback {

    /** A write under way for longer is not waited for at a stop. */
    private static final Duration LATE = Duration.ofSeconds(1);

    /** An event, since of a comment no script hears. It has no id: nothing has happened. */
    private static final ByteBuffer HEARTBEAT = shared("event: beat\ndata: {}\n\n");

    private final Line line;
    private final Supplier<Tail> tails;
    private final LongAdder events;
    private volatile Counts.End end = Counts.End.GONE;
    private final String address;
    private final @Nullable NoticeId followed;
    private @Nullable Long mark;
    private boolean moved;
    private long position;
    private long wroteAt = System.nanoTime();
    private boolean writing = true;
    private boolean closing;
    private boolean over;

    /**
     * @param tails where the town's log stands now
     * @param events where is counted what was sent
     * @param address where it is open
     * @param followed the notice whose way out the page shows, if it shows one's
     */
    Stream(Line line, Supplier<Tail> tails, LongAdder events, String address, @Nullable NoticeId followed) {
        this.line = line;
        this.tails = tails;
        this.events = events;
        this.address = address;
        this.followed = followed;
    }

    String address() {
        return address;
    }

    @Nullable
    NoticeId followed() {
        return followed;
    }

    /** How far the followed notice is by now; of the first the page is told in any case, since it was made earlier. */
    void marked(long now) {
        synchronized (this) {
            moved |= mark == null || mark != now;
            mark = now;
        }
        advance();
    }

    /**
     * Sends the beginning: how long to wait before coming again, and what was missed.
     *
     * @param since the last event that the page knows, -1 if it knows none
     */
    void begin(long since) {
        Tail tail = tails.get();
        StringBuilder head = new StringBuilder();
        // Spread over ten seconds: when a node stops, all its pages come to another.
        head.append("retry: ")
                .append(2_000 + ThreadLocalRandom.current().nextInt(10_000))
                .append('\n');
        boolean missed = since >= 0 && !tail.reaches(since);
        long from = since < 0 || missed ? tail.position() : since;
        head.append("id: ").append(from).append('\n');
        if (missed) {
            head.append("event: reload\ndata: {}\n");
        }
        ByteBuffer first = ByteBuffer.wrap(head.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        synchronized (this) {
            position = from;
            wroteAt = System.nanoTime();
        }
        line.write(first, this);
    }

    private ByteBuffer counted(Tail.Piece piece) {
        events.add(piece.events());
        return piece.bytes();
    }

    /** Sends what is new, unless a write is under way: then that is done first. */
    void advance() {
        ByteBuffer bytes;
        synchronized (this) {
            if (writing || over || closing) {
                return;
            }
            Tail tail = tails.get();
            if (tail.position() > position) {
                bytes = tail.reaches(position) ? counted(tail.after(position)) : reload(tail);
                position = tail.position();
            } else {
                bytes = BufferUtil.EMPTY_BUFFER;
            }
            if (moved && followed != null) {
                bytes = joined(bytes, LiveEvent.progress(followed));
                moved = false;
            }
            if (!bytes.hasRemaining()) {
                return;
            }
            writing = true;
            wroteAt = System.nanoTime();
        }
        line.write(bytes, this);
    }

    private static ByteBuffer joined(ByteBuffer first, byte[] second) {
        return ByteBuffer.allocate(first.remaining() + second.length)
                .put(first)
                .put(second)
                .flip();
    }

    private static ByteBuffer reload(Tail tail) {
        String event = "id: " + tail.position() + "\nevent: reload\ndata: {}\n\n";
        return ByteBuffer.wrap(event.getBytes(StandardCharsets.US_ASCII));
    }

    /** Leaves whoever is too slow, and tells who has heard nothing for long that the line stands. */
    void tend(long now, Duration heartbeat, Duration patience) {
        boolean slow;
        synchronized (this) {
            long silent = now - wroteAt;
            slow = writing;
            if (over || silent < (slow ? patience : heartbeat).toNanos()) {
                return;
            }
            if (!slow) {
                writing = true;
                wroteAt = now;
            }
        }
        if (slow) {
            drop();
        } else {
            line.write(HEARTBEAT.duplicate(), this);
        }
    }

    private void drop() {
        end = Counts.End.SLOW;
        line.leave();
    }

    /** Why it is over, once it is. */
    Counts.End end() {
        return end;
    }

    /** In order: the page comes again by itself, to whichever node is there. */
    void close() {
        boolean late;
        synchronized (this) {
            closing = true;
            late = writing && System.nanoTime() - wroteAt > LATE.toNanos();
            if (over || writing && !late) {
                return;
            }
            if (!late) {
                over = true;
                end = Counts.End.STOPPED;
            }
        }
        if (late) {
            drop();
            return;
        }
        line.end();
    }

    @Override
    public void succeeded() {
        boolean last;
        synchronized (this) {
            writing = false;
            last = closing;
        }
        if (last) {
            close();
        } else {
            advance();
        }
    }

    @Override
    public void failed(Throwable cause) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        line.fail(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private static ByteBuffer shared(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
