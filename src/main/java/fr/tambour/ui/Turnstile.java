package fr.tambour.ui;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many in at once, and so many of them from one address ({@link Network}): its share, and only while others have more
 * left than it has taken. An address that takes all it can leaves half of what there was, a second one half of that, and
 * whoever has none finds a place. Who comes on top of that is not let in.
 */
public final class Turnstile {

    private final int most;
    private final int share;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** @param share of {@code most}, for one address; where it is all of them, addresses are not told apart */
    public Turnstile(int most, int share) {
        this.most = most;
        this.share = share;
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
        boolean leavesAsMany = share >= most || here - 1 < most - now + 1;
        if (!full && here <= share && leavesAsMany) {
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
