package fr.tambour.outbound.internal;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import fr.tambour.outbound.OutboundAnswer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The addresses of a name that may be connected to. Kept for a while, so that a name is not asked for at each of a
 * hundred thousand requests; what is connected to is always one of the addresses that were checked, never the name again. A known name
 * is asked for anew beside the requests, which go on to the address that is known, and each look-up has a thread of its own:
 * names that strangers chose, and whose servers answer slowly, hold up nobody but themselves.
 */
final class CheckedNames {

    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Nobody has asked for it that long: over a quiet weekend nothing is forgotten. */
    private static final Duration KEPT = Duration.ofDays(4);

    /** Silence says nothing about the name. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** From the moment it begins; from the moment it is asked for, twice as long. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int MOST = 10_000;

    /** Addresses of one name: whoever chose it has no more machines knocked at by one request. */
    private static final int MOST_ADDRESSES = 8;

    /**
     * At once. Threads of the system: a look-up holds on to the carrier of a virtual one (JDK 25), and of carriers there are
     * 256 at most, for everything.
     */
    private static final int ASKING = 256;

    private static final int WAITING = 1_000;

    private final Names names;
    private final boolean loopback;
    private final Duration longest;
    private final Executor asking;
    private final AsyncLoadingCache<String, Checked> checked;

    /** @param loopback whether this machine's own addresses count as public */
    CheckedNames(Names names, boolean loopback) {
        this(names, loopback, LONGEST);
    }

    CheckedNames(Names names, boolean loopback, Duration longest) {
        this.names = names;
        this.loopback = loopback;
        this.longest = longest;
        this.asking = executor();
        this.checked = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(FRESH)
                .expireAfter(Expiry.writing((String _, Checked known) -> keeps(known)))
                .executor(Runnable::run)
                .buildAsync(new Asking());
    }

    private static Duration keeps(Checked known) {
        return switch (known) {
            case Checked.Public ignored -> KEPT;
            case Checked.Unusable unusable -> unusable.holds();
        };
    }

    /** What the look-up of a name came to. */
    sealed interface Checked {

        /** @param addresses each of them checked, best first */
        record Public(List<InetAddress> addresses) implements Checked {}

        /**
         * @param passing whether the name may have an address all the same
         * @param holds how long nobody asks again
         */
        record Unusable(String reason, boolean passing, Duration holds) implements Checked {}
    }

    private final class Asking implements AsyncCacheLoader<String, Checked> {

        @Override
        public CompletableFuture<Checked> asyncLoad(String host, Executor unused) {
            CompletableFuture<Checked> told = new CompletableFuture<>();
            asking.execute(() -> ask(host, told));
            return told.completeOnTimeout(silence(), 2 * longest.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public CompletableFuture<Checked> asyncReload(String host, Checked known, Executor executor) {
            try {
                return asyncLoad(host, executor).thenApply(now -> isPassing(now) || isSame(known, now) ? known : now);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.completedFuture(known);
            }
        }
    }

    CompletableFuture<Checked> of(String host) {
        try {
            return checked.get(host);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(
                    new Checked.Unusable("too many names wait to be resolved", true, SILENCE));
        }
    }

    /** Nobody answered there: the name is asked for again. */
    void askAnew(String host) {
        try {
            var unused = checked.synchronous().refresh(host);
        } catch (RejectedExecutionException e) {
            // Too many names wait to be resolved: this one is asked for when its minute is over.
        }
    }

    private void ask(String host, CompletableFuture<Checked> told) {
        var unused = told.completeOnTimeout(silence(), longest.toMillis(), TimeUnit.MILLISECONDS);
        Checked found = look(host);
        if (!told.complete(found) && !isPassing(found)) {
            // Too late for who asked, not for who asks next.
            checked.put(host, CompletableFuture.completedFuture(found));
        }
    }

    private Checked silence() {
        return new Checked.Unusable("its name was not resolved in " + longest.toSeconds() + " s", true, SILENCE);
    }

    private static boolean isPassing(Checked found) {
        return found instanceof Checked.Unusable unusable && unusable.passing();
    }

    /** In another order, as name servers that spread the load answer: connections that stand are kept to. */
    private static boolean isSame(Checked known, Checked now) {
        return known instanceof Checked.Public(List<InetAddress> before)
                && now instanceof Checked.Public(List<InetAddress> after)
                && Set.copyOf(before).equals(Set.copyOf(after));
    }

    private Checked look(String host) {
        try {
            List<InetAddress> found = Stream.of(names.of(host))
                    .filter(this::allowed)
                    .distinct()
                    .limit(MOST_ADDRESSES)
                    .toList();
            return found.isEmpty()
                    ? new Checked.Unusable(OutboundAnswer.NO_PUBLIC_ADDRESS, false, FRESH)
                    : new Checked.Public(found);
        } catch (UnknownHostException e) {
            return new Checked.Unusable(OutboundAnswer.UNKNOWN_NAME, true, FRESH);
        }
    }

    private boolean allowed(InetAddress address) {
        return PublicAddresses.contain(address) || (loopback && address.isLoopbackAddress());
    }

    private static Executor executor() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                ASKING,
                ASKING,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("outbound-names-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
