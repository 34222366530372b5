package fr.tambour.outbound.internal;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * hundred thousand requests; what is connected to is always an address that was checked, never the name again.
 */
final class CheckedNames {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST = 10_000;
    private static final int ASKING = 8;
    private static final int WAITING = 1_000;

    private final Names names;
    private final boolean loopback;
    private final Executor asking;
    private final AsyncCache<String, Checked> checked;

    /** @param loopback whether this machine's own addresses count as public */
    CheckedNames(Names names, boolean loopback) {
        this.names = names;
        this.loopback = loopback;
        this.asking = executor();
        this.checked = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .executor(Runnable::run)
                .buildAsync();
    }

    /** What the look-up of a name came to. */
    sealed interface Checked {

        record Public(InetAddress address) implements Checked {}

        record Unusable(String reason) implements Checked {}
    }

    CompletableFuture<Checked> of(String host) {
        try {
            return checked.get(
                    host,
                    (name, _) -> CompletableFuture.supplyAsync(() -> look(name), asking)
                            .completeOnTimeout(
                                    new Checked.Unusable("its name was not resolved in " + LONGEST.toSeconds() + " s"),
                                    LONGEST.toMillis(),
                                    TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Checked.Unusable("too many names wait to be resolved"));
        }
    }

    /** Nobody answered there: the name is asked for again next time. */
    void forget(String host) {
        checked.synchronous().invalidate(host);
    }

    private Checked look(String host) {
        try {
            Optional<InetAddress> found =
                    Stream.of(names.of(host)).filter(this::allowed).findFirst();
            return found.<Checked>map(Checked.Public::new).orElseGet(() -> new Checked.Unusable("no public address"));
        } catch (UnknownHostException e) {
            return new Checked.Unusable("an unknown name");
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
