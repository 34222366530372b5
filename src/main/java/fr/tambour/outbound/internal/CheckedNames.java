package fr.tambour.outbound.internal;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The one address of a name that may be connected to. Kept for a while, so that a name is not asked for at each of a
 * hundred thousand requests; what is connected to is always an address that was checked, never the name again. A known name
 * is asked for anew beside the requests, which go on to the address that is known: names that strangers chose, and whose
 * servers answer slowly, hold up nobody but themselves.
 */
final class CheckedNames {

    private static final Duration FRESH = Duration.ofMinutes(1);

    /** Nobody has asked for it that long. */
    private static final Duration KEPT = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private static final int ASKING = 8;
    private static final int WAITING = 1_000;

    private final Names names;
    private final boolean loopback;
    private final Executor asking;
    private final AsyncLoadingCache<String, Checked> checked;

    /** @param loopback whether this machine's own addresses count as public */
    CheckedNames(Names names, boolean loopback) {
        this.names = names;
        this.loopback = loopback;
        this.asking = executor();
        this.checked = Caffeine.newBuilder()
                .maximumSize(MOST)
                .refreshAfterWrite(FRESH)
                .expireAfter(
                        Expiry.writing((String _, Checked known) -> known instanceof Checked.Public ? KEPT : FRESH))
                .executor(Runnable::run)
                .buildAsync(new Asking());
    }

    /** What the look-up of a name came to. */
    sealed interface Checked {

        record Public(InetAddress address) implements Checked {}

        /** @param passing whether the name may have an address all the same */
        record Unusable(String reason, boolean passing) implements Checked {}
    }

    private final class Asking implements AsyncCacheLoader<String, Checked> {

        @Override
        public CompletableFuture<Checked> asyncLoad(String host, Executor unused) {
            return CompletableFuture.supplyAsync(() -> look(host), asking)
                    .completeOnTimeout(
                            new Checked.Unusable("its name was not resolved in " + LONGEST.toSeconds() + " s", true),
                            LONGEST.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public CompletableFuture<Checked> asyncReload(String host, Checked known, Executor executor) {
            try {
                return asyncLoad(host, executor)
                        .thenApply(now -> now instanceof Checked.Unusable unusable && unusable.passing() ? known : now);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.completedFuture(known);
            }
        }
    }

    CompletableFuture<Checked> of(String host) {
        try {
            return checked.get(host);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Checked.Unusable("too many names wait to be resolved", true));
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

    private Checked look(String host) {
        try {
            Optional<InetAddress> found =
                    Stream.of(names.of(host)).filter(this::allowed).findFirst();
            return found.<Checked>map(Checked.Public::new)
                    .orElseGet(() -> new Checked.Unusable("no public address", false));
        } catch (UnknownHostException e) {
            return new Checked.Unusable("an unknown name", true);
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
