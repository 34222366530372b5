package fr.tambour.people.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Failed sign-ins slow what they were made with; nothing is ever locked.
 *
 * <ul>
 *   <li>A device that signed in to this account before has a count of its own, so that nobody can slow it from outside.
 *   <li>Any other is slowed with the account, and with the network address it comes from. A first try for an account from
 *       an address is not slowed by what went wrong there with other accounts: hundreds of people share one at a mobile
 *       carrier. But wrong first tries for fifty accounts within an hour are one password tried on everybody: from then on
 *       they wait for each other, seconds at most.
 * </ul>
 *
 * Accounts count whether they exist or not. An attempt is counted before its password is looked at, and taken off the
 * count if it was right: a hundred at once are a hundred. What is remembered is bounded, an hour old at most, and keyed by
 * MACs: no address and no e-mail is kept. Each node of several counts for itself.
 */
@Component
class Throttle {

    private static final int REMEMBERED = 50_000;
    private static final Duration MEMORY = Duration.ofHours(1);

    private static final Pace ACCOUNT = new Pace(5, Duration.ofSeconds(30));
    private static final Pace DEVICE = new Pace(5, Duration.ofSeconds(30));
    private static final Pace PAIR = new Pace(5, Duration.ofSeconds(30));
    private static final Pace ADDRESS = new Pace(50, Duration.ofSeconds(5));

    private final MacKey key;
    private final Clock clock;
    private final Cache<String, Failures> failures;

    Throttle(Keys keys, Clock clock) {
        this.key = keys.mac("people.throttle");
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(MEMORY)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * @param account the e-mail, normalized; null where a token is guessed, which no account stands behind
     * @param address the network address
     * @param device identifies a device that signed in to this account before, or null
     */
    record Attempt(
            @Nullable String account,
            String address,
            @Nullable String device) {

        static Attempt signIn(String account, String address, @Nullable String device) {
            return new Attempt(account, address, device);
        }

        static Attempt token(String address) {
            return new Attempt(null, address, null);
        }
    }

    /** @return how long to wait; empty if the attempt may go on, which counts as failed until {@link #right} */
    synchronized Optional<Duration> enter(Attempt attempt) {
        long now = clock.millis();
        List<Counter> counters = counters(attempt, false);
        long delay =
                counters.stream().mapToLong(counter -> counter.delay(now)).max().orElse(0);
        if (delay > 0) {
            return Optional.of(Duration.ofMillis(delay));
        }
        counters.forEach(counter -> counter.add(now));
        return Optional.empty();
    }

    /** The attempt that entered was right. */
    synchronized void right(Attempt attempt) {
        counters(attempt, true).forEach(Counter::takeOff);
    }

    private List<Counter> counters(Attempt attempt, boolean entered) {
        if (attempt.device() != null) {
            return List.of(counter("device", attempt.device(), DEVICE));
        }
        if (attempt.account() == null) {
            return List.of(counter("token", attempt.address(), ADDRESS));
        }
        Counter account = counter("account", attempt.account(), ACCOUNT);
        Counter pair = counter("pair", attempt.account() + "\n" + attempt.address(), PAIR);
        Counter address = counter("address", attempt.address(), ADDRESS);
        // The first is in the count once it has entered.
        return pair.count() <= (entered ? 1 : 0)
                ? List.of(account, pair, address.patient(), counter("first", attempt.address(), ADDRESS))
                : List.of(account, pair, address);
    }

    private Counter counter(String kind, String what, Pace pace) {
        return new Counter(key.hex(kind + "\n" + what), pace, false);
    }

    /**
     * @param free how many failures cost nothing
     * @param longest each further one doubles the wait, from one second up to this
     */
    record Pace(int free, Duration longest) {

        long millisAfter(int failures) {
            if (failures < free) {
                return 0;
            }
            int doublings = Math.min(failures - free, 20);
            return Math.min(longest.toMillis(), 1_000L << doublings);
        }
    }

    private record Failures(int count, long last) {}

    private final class Counter {

        private final String mac;
        private final Pace pace;
        private final boolean patient;

        Counter(String mac, Pace pace, boolean patient) {
            this.mac = mac;
            this.pace = pace;
            this.patient = patient;
        }

        /** Counts, but does not slow. */
        Counter patient() {
            return new Counter(mac, pace, true);
        }

        int count() {
            Failures known = failures.getIfPresent(mac);
            return known == null ? 0 : known.count();
        }

        long delay(long now) {
            Failures known = failures.getIfPresent(mac);
            return known == null || patient ? 0 : Math.max(0, known.last() + pace.millisAfter(known.count()) - now);
        }

        void add(long now) {
            failures.asMap().merge(mac, new Failures(1, now), (old, one) -> new Failures(old.count() + 1, one.last()));
        }

        void takeOff() {
            failures.asMap()
                    .computeIfPresent(
                            mac, (k, old) -> old.count() <= 1 ? null : new Failures(old.count() - 1, old.last()));
        }
    }
}
