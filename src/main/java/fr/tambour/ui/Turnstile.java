package fr.tambour.ui;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many in at once, and so many of them from one address ({@link Network}): its share. The last sixteenth is only for
 * addresses that have taken less than is left of it, so that however many take all they can, whoever has none finds a place.
 * Who comes on top of that is not let in.
 */
public final class Turnstile {

    /** One part of so many is for whoever has few. */
    private static final int RESERVED = 16;

    private final int most;
    private final int share;
    private final int reserve;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** @param share of {@code most}, for one address; where it is all of them, addresses are not told apart */
    public Turnstile(int most, int share) {
        this.most = most;
        this.share = share;
        this.reserve = share >= most ? 0 : Math.max(1, most / RESERVED);
    }

    public enum Entry {
        IN,
        /** There are too many. */
        FULL,
        /** There are too many from this address. */
        SHARE_FULL
    }

    /** Who is in has to {@link #leave}, once. */
    public Entry enter(String address) {
        int here = byAddress.merge(address, 1, Integer::sum);
        int now = all.incrementAndGet();
        boolean full = now > most;
        int left = most - now + 1;
        if (!full && here <= share && (left > reserve || here - 1 < left)) {
            return Entry.IN;
        }
        leave(address);
        return full ? Entry.FULL : Entry.SHARE_FULL;
    }

    public void leave(String address) {
        all.decrementAndGet();
        byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    public int count() {
        return all.get();
    }
}
