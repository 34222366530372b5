package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Outcome;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** Whether it is well, as it was heard last. */
    private final Map<Host, Boolean> heard = new ConcurrentHashMap<>();

    private final Set<Missed> missed = ConcurrentHashMap.newKeySet();

    private record Host(TownId town, String name) {}

    private record Missed(TownId town, long inbox) {}

    Standing(Followers followers, Clock clock, PlatformTransactionManager transactions) {
        this.followers = followers;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    /** What came of a delivery. In the normal case, where all is well and it took it, there is nothing to be written. */
    void heard(TownId town, FollowingInbox inbox, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted a -> {
                if (inbox.isFailing()) {
                    isWell(town, inbox.host());
                }
            }
            case Outcome.RetryAt r -> failsAgain(town, inbox);
            case Outcome.TooMany t -> failsAgain(town, inbox);
            case Outcome.OverQuota q -> failsAgain(town, inbox);
            case Outcome.Rejected r -> misses(town, inbox);
            case Outcome.Expired e -> misses(town, inbox);
            case Outcome.Unknown u -> misses(town, inbox);
            case Outcome.NeedsSignIn s -> misses(town, inbox);
            case Outcome.Gone g -> {}
            case Outcome.Recalled c -> {}
        }
    }

    /** What came of a letter. */
    void heard(TownId town, String host, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted) {
            isWell(town, host);
        } else if (outcome instanceof Outcome.RetryAt) {
            fails(town, host);
        }
    }

    /** It took something, or said something that is surely from there. */
    void isWell(TownId town, String host) {
        put(new Host(town, host), true);
    }

    private void failsAgain(TownId town, FollowingInbox inbox) {
        Instant noted = inbox.failedAt();
        if (noted == null || !clock.instant().isBefore(noted.plus(NOTED))) {
            fails(town, inbox.host());
        }
    }

    private void fails(TownId town, String host) {
        put(new Host(town, host), false);
    }

    private void put(Host host, boolean well) {
        if (heard.size() < MOST) {
            heard.put(host, well);
        }
    }

    private void misses(TownId town, FollowingInbox inbox) {
        if (missed.size() < MOST) {
            missed.add(new Missed(town, inbox.key()));
        }
    }

    @Scheduled(initialDelay = 3_000, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void write() {
        if (heard.isEmpty() && missed.isEmpty()) {
            return;
        }
        Map<Host, Boolean> hosts = new HashMap<>(heard);
        Set<Missed> inboxes = new HashSet<>(missed);
        Instant now = clock.instant();
        try {
            writing.executeWithoutResult(status -> {
                byTown(named(hosts, true), Host::town, Host::name)
                        .forEach((town, names) -> followers.areWell(town, names, now));
                byTown(named(hosts, false), Host::town, Host::name)
                        .forEach((town, names) -> followers.fail(town, names, now, now.minus(NOTED)));
                byTown(inboxes, Missed::town, Missed::inbox).forEach((town, keys) -> followers.missed(town, keys, now));
            });
            hosts.forEach(heard::remove);
            missed.removeAll(inboxes);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Which servers of the fediverse fail is written down a second later: {}", e.getMessage());
        }
    }

    private static Set<Host> named(Map<Host, Boolean> hosts, boolean well) {
        return hosts.entrySet().stream()
                .filter(host -> host.getValue() == well)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static <T, V> Map<TownId, Set<V>> byTown(Set<T> all, Function<T, TownId> town, Function<T, V> value) {
        return all.stream().collect(Collectors.groupingBy(town, Collectors.mapping(value, Collectors.toSet())));
    }
}
