package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Outcome;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the servers of others stand: which ones fail, and which ones took something again or spoke. Heard on any thread, and
 * written down together, once a second; of what a crash takes of it nothing depends for long.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Standing {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    /** A host that goes on failing is noted once in so long. */
    private static final Duration NOTED = Duration.ofDays(1);

    /** At once: beyond that there is nothing to be learnt that is not learnt from the next. */
    private static final int MOST = 50_000;

    private final Followers followers;
    private final Clock clock;
    private final TransactionTemplate writing;

    /** As it was heard last. */
    private final Map<Host, Health> heard = new ConcurrentHashMap<>();

    private final Map<Missed, Health> missed = new ConcurrentHashMap<>();

    private record Host(TownId town, String name) {}

    private record Missed(TownId town, long inbox) {}

    /** @param failure null where all is well, or where nothing is to be learnt from it */
    private record Health(@Nullable Failure failure) {

        static final Health WELL = new Health(null);
    }

    private record Failing(TownId town, Failure failure) {}

    Standing(Followers followers, Clock clock, PlatformTransactionManager transactions) {
        this.followers = followers;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /** What came of a delivery. In the normal case, where all is well and it took it, there is nothing to be written. */
    void heard(TownId town, FollowingInbox inbox, Outcome outcome) {
        Optional<Failure> failure = Failure.of(outcome, clock.instant()).filter(one -> isNews(one, inbox));
        switch (outcome) {
            case Outcome.Accepted a -> {
                if (inbox.isFailing()) {
                    isWell(town, inbox.host());
                }
            }
            case Outcome.RetryAt r -> failure.ifPresent(why -> fails(town, inbox.host(), why));
            case Outcome.TooMany t -> failure.ifPresent(why -> fails(town, inbox.host(), why));
            case Outcome.OverQuota q -> failure.ifPresent(why -> fails(town, inbox.host(), why));
            case Outcome.Rejected r -> misses(town, inbox, failure.orElse(null));
            case Outcome.Expired e -> misses(town, inbox, null);
            case Outcome.Unknown u -> misses(town, inbox, null);
            case Outcome.NeedsSignIn s -> misses(town, inbox, null);
            case Outcome.Gone g -> {}
            case Outcome.Recalled c -> {}
            case Outcome.Unfinished u -> {}
        }
    }

    /** What came of a letter. */
    void heard(TownId town, String host, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            isWell(town, host);
        } else if (outcome instanceof Outcome.RetryAt) {
            Failure.of(outcome, clock.instant()).ifPresent(why -> fails(town, host, why));
        }
    }

    /** It took something, or said something that is surely from there. */
    void isWell(TownId town, String host) {
        put(new Host(town, host), Health.WELL);
    }

    private boolean isNews(Failure failure, FollowingInbox inbox) {
        Instant now = clock.instant();
        Instant noted = inbox.failedAt();
        return noted == null
                || noted.isAfter(now)
                || !now.isBefore(noted.plus(NOTED))
                || !failure.equals(inbox.failure());
    }

    private void fails(TownId town, String host, Failure why) {
        put(new Host(town, host), new Health(why));
    }

    private void put(Host host, Health health) {
        if (heard.size() < MOST) {
            heard.put(host, health);
        }
    }

    private void misses(TownId town, FollowingInbox inbox, @Nullable Failure why) {
        if (missed.size() < MOST) {
            missed.put(new Missed(town, inbox.key()), new Health(why));
        }
    }

    @Scheduled(initialDelay = 3_000, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void write() {
        if (heard.isEmpty() && missed.isEmpty()) {
            return;
        }
        Map<Host, Health> hosts = new HashMap<>(heard);
        Map<Missed, Health> inboxes = new HashMap<>(missed);
        Instant now = clock.instant();
        try {
            writing.executeWithoutResult(status -> {
                byTown(well(hosts), Host::town, Host::name)
                        .forEach((town, names) -> followers.areWell(town, names, now));
                failing(hosts, Host::town, Host::name)
                        .forEach((failing, names) ->
                                followers.fail(failing.town(), names, failing.failure(), now, now.minus(NOTED)));
                byTown(inboxes.keySet(), Missed::town, Missed::inbox)
                        .forEach((town, keys) -> followers.missed(town, keys, now));
                failing(inboxes, Missed::town, Missed::inbox)
                        .forEach((failing, keys) ->
                                followers.refuse(failing.town(), keys, failing.failure(), now, now.minus(NOTED)));
            });
            hosts.forEach(heard::remove);
            inboxes.forEach(missed::remove);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Which servers of the fediverse fail is written down a second later: {}", e.getMessage());
        }
    }

    private static Set<Host> well(Map<Host, Health> hosts) {
        return hosts.entrySet().stream()
                .filter(host -> host.getValue().failure() == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those of one town that fail for the same reason, together. */
    private static <T, V> Map<Failing, Set<V>> failing(
            Map<T, Health> all, Function<T, TownId> town, Function<T, V> value) {
        Map<Failing, Set<V>> failing = new HashMap<>();
        all.forEach((one, health) -> {
            Failure failure = health.failure();
            if (failure != null) {
                failing.computeIfAbsent(new Failing(town.apply(one), failure), none -> new HashSet<>())
                        .add(value.apply(one));
            }
        });
        return failing;
    }

    private static <T, V> Map<TownId, Set<V>> byTown(Set<T> all, Function<T, TownId> town, Function<T, V> value) {
        return all.stream().collect(Collectors.groupingBy(town, Collectors.mapping(value, Collectors.toSet())));
    }
}
