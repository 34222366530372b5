package fr.tambour.live.internal;

import fr.tambour.live.internal.EventLog.Stretch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The end of a town's event log, framed for the wire: immutable, the same for all streams of the town. What follows after
 * one position is made once, and written to all that stand there.
 */
final class Tail {

    private final long floor;
    private final long position;
    private final List<Framed> events;
    private final ConcurrentMap<Long, Piece> made = new ConcurrentHashMap<>();

    private record Framed(long counter, byte[] bytes) {}

    /** Events as they go over the wire; the bytes are a view of one's own on what all share. */
    record Piece(int events, ByteBuffer bytes) {}

    private Tail(long floor, long position, List<Framed> events) {
        this.floor = floor;
        this.position = position;
        this.events = events;
    }

    static Tail of(Stretch all) {
        long floor = all.events().isEmpty()
                ? all.position()
                : all.events().getFirst().counter() - 1;
        return new Tail(floor, all.position(), framed(all.events()));
    }

    /** The town's counter up to which this tells. */
    long position() {
        return position;
    }

    /** Whether everything after {@code counter} is here. */
    boolean reaches(long counter) {
        return counter >= floor && counter <= position;
    }

    /** With what came since; no more is kept than the log keeps. */
    Tail with(Stretch more) {
        List<Framed> all = new ArrayList<>(events);
        all.addAll(framed(more.events()));
        int beyond = all.size() - EventLog.KEPT;
        return beyond <= 0
                ? new Tail(floor, more.position(), all)
                : new Tail(
                        all.get(beyond - 1).counter(), more.position(), List.copyOf(all.subList(beyond, all.size())));
    }

    /** Everything after {@code counter}, to be written as it is. */
    Piece after(long counter) {
        Piece piece = made.computeIfAbsent(counter, this::make);
        return new Piece(piece.events(), piece.bytes().duplicate());
    }

    private Piece make(long counter) {
        int size = 0;
        int count = 0;
        for (Framed event : events) {
            if (event.counter() > counter) {
                size += event.bytes().length;
                count++;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        for (Framed event : events) {
            if (event.counter() > counter) {
                bytes.put(event.bytes());
            }
        }
        return new Piece(count, bytes.flip().asReadOnlyBuffer());
    }

    private static List<Framed> framed(List<LiveEvent> events) {
        return events.stream()
                .map(event -> new Framed(event.counter(), event.framed()))
                .toList();
    }
}
