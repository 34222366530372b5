package fr.tambour.live.internal;

import fr.tambour.live.internal.EventLog.Stretch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a town's event log, framed for the wire: immutable, the same for all streams of the town. What follows after
 * any position is a piece of the same bytes, however many stand at however many places.
 */
final class Tail {

    private final long floor;
    private final long position;
    private final Frames frames;
    private final int first;
    private final int end;

    /** Events as they go over the wire; the bytes are a view of one's own on what all share. */
    record Piece(int events, ByteBuffer bytes) {}

    private Tail(long floor, long position, Frames frames, int first, int end) {
        this.floor = floor;
        this.position = position;
        this.frames = frames;
        this.first = first;
        this.end = end;
    }

    static Tail of(Stretch all) {
        return new Tail(all.floor(), all.position(), new Frames(0, 0), 0, 0).with(all);
    }

    /** The town's counter up to which this tells. */
    long position() {
        return position;
    }

    /** Whether everything after {@code counter} is here. */
    boolean reaches(long counter) {
        return counter >= floor && counter <= position;
    }

    /** With what came since; no more is kept than the log keeps. One at a time, and each of them once. */
    Tail with(Stretch more) {
        List<byte[]> added = more.events().stream().map(LiveEvent::framed).toList();
        int size = added.stream().mapToInt(event -> event.length).sum();
        int oldest = Math.clamp(end + added.size() - (long) EventLog.KEPT, first, end);
        boolean room = frames.hasRoom(end, added.size(), size);
        Frames into = room ? frames : frames.moved(oldest, end, added.size(), size);
        int from = room ? oldest : 0;
        int next = from + end - oldest;
        for (int i = 0; i < added.size(); i++) {
            into.put(next++, more.events().get(i).counter(), added.get(i));
        }
        int kept = Math.max(from, next - EventLog.KEPT);
        long before = oldest == first ? floor : frames.counters[oldest - 1];
        return new Tail(kept == from ? before : into.counters[kept - 1], more.position(), into, kept, next);
    }

    /** Everything after {@code counter}, to be written as it is. */
    Piece after(long counter) {
        int place = Arrays.binarySearch(frames.counters, first, end, counter);
        int from = place < 0 ? -place - 1 : place + 1;
        return new Piece(end - from, frames.bytes(from, end));
    }

    /** Framed events, one behind the other. They are only ever added to, behind whatever a tail knows of them. */
    private static final class Frames {

        private final long[] counters;
        private final int[] ends;
        private final ByteBuffer bytes;

        /** Room for so many events of so many bytes together. */
        private Frames(int events, int size) {
            counters = new long[events];
            ends = new int[events];
            bytes = ByteBuffer.allocateDirect(size);
        }

        private int start(int event) {
            return event == 0 ? 0 : ends[event - 1];
        }

        private boolean hasRoom(int end, int events, int size) {
            return end + events <= counters.length && start(end) + size <= bytes.capacity();
        }

        /** A part of them, with room for more, and for as many again. */
        private Frames moved(int from, int end, int events, int size) {
            Frames larger = new Frames(2 * (end - from + events), 2 * (start(end) - start(from) + size));
            for (int event = from; event < end; event++) {
                larger.counters[event - from] = counters[event];
                larger.ends[event - from] = ends[event] - start(from);
            }
            larger.bytes.put(0, bytes, start(from), start(end) - start(from));
            return larger;
        }

        private void put(int event, long counter, byte[] framed) {
            counters[event] = counter;
            bytes.put(start(event), framed);
            ends[event] = start(event) + framed.length;
        }

        private ByteBuffer bytes(int from, int end) {
            return bytes.slice(start(from), start(end) - start(from)).asReadOnlyBuffer();
        }
    }
}
