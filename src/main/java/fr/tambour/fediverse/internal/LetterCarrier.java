package fr.tambour.fediverse.internal;

import static fr.tambour.fediverse.internal.FediverseChannel.RETRYING;

import fr.tambour.conversation.Incoming;
import fr.tambour.dispatch.Outcome;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Carries letters, but none of a town whose sending is paused, and tries again those that could not be left, as whatever goes to
 * other servers is.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class LetterCarrier {

    private static final Logger LOG = LoggerFactory.getLogger(LetterCarrier.class);

    private static final int AT_ONCE = 100;

    /** Beyond these the next wait: not all who are silent together hold up the others for long. */
    private static final int MOST_UNDER_WAY = 800;

    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Letters letters;
    private final Delivery delivery;
    private final Actors actors;
    private final Towns towns;
    private final GroupCommit commits;
    private final Standing standing;
    private final Incoming incoming;
    private final KeptOut keptOut;
    private final InstanceFacts facts;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final Random random = new Random();
    private final AtomicInteger underWay = new AtomicInteger();

    LetterCarrier(
            Letters letters,
            Delivery delivery,
            Actors actors,
            Towns towns,
            GroupCommit commits,
            Standing standing,
            Incoming incoming,
            KeptOut keptOut,
            InstanceFacts facts,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.letters = letters;
        this.delivery = delivery;
        this.actors = actors;
        this.towns = towns;
        this.commits = commits;
        this.standing = standing;
        this.incoming = incoming;
        this.keptOut = keptOut;
        this.facts = facts;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Scheduled(initialDelay = 3_000, fixedDelay = 500, timeUnit = TimeUnit.MILLISECONDS)
    void carry() {
        try {
            Set<Long> paused = Objects.requireNonNull(
                    reading.execute(status -> facts.paused().keySet()));
            if (Boolean.TRUE.equals(reading.execute(status -> letters.anyDue(clock.instant(), paused)))) {
                boolean more = true;
                while (more && underWay.get() + AT_ONCE <= MOST_UNDER_WAY) {
                    List<Letters.Letter> due = Objects.requireNonNull(
                            writing.execute(status -> letters.take(clock.instant(), LEASE, AT_ONCE, paused)));
                    allowed(due).forEach(this::carry);
                    more = due.size() == AT_ONCE;
                }
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Answers to other servers wait until the database answers: {}", e.getMessage());
        }
    }

    /** What was written for a server before it was blocked, or while it was being blocked, does not leave, wherever it was filed. */
    private List<Letters.Letter> allowed(List<Letters.Letter> due) {
        Map<TownId, List<Letters.Letter>> byTown = due.stream().collect(Collectors.groupingBy(Letters.Letter::town));
        Map<TownId, Set<String>> blocked = Objects.requireNonNull(reading.execute(status -> byTown.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        one -> keptOut.among(
                                one.getKey(),
                                one.getValue().stream().map(LetterCarrier::host).toList())))));
        List<Letters.Letter> dropped = due.stream()
                .filter(letter -> blocked.getOrDefault(letter.town(), Set.of()).contains(host(letter))
                        && CuttingOff.isDropped(letter))
                .toList();
        if (dropped.isEmpty()) {
            return due;
        }
        writing.executeWithoutResult(status -> dropped.forEach(letter -> settle(letter, new Outcome.Recalled())));
        return due.stream().filter(letter -> !dropped.contains(letter)).toList();
    }

    /** With its port where it has one. */
    private static String host(Letters.Letter letter) {
        return letter.address().getRawAuthority();
    }

    /** Asked as it leaves: its server may have been blocked since it was taken. */
    private boolean isWanted(Letters.Letter letter) {
        return !keptOut.lately(letter.town(), host(letter)) || !CuttingOff.isDropped(letter);
    }

    private void carry(Letters.Letter letter) {
        towns.byId(letter.town())
                .flatMap(town -> letter.from() == 0 ? Optional.of(actors.of(town)) : actors.byId(town, letter.from()))
                .ifPresent(from -> {
                    underWay.incrementAndGet();
                    delivery.send(from, letter.address(), letter.body(), null, () -> isWanted(letter), outcome -> {
                        underWay.decrementAndGet();
                        came(letter, outcome);
                    });
                });
    }

    /** Not written on the threads that speak with others. */
    private void came(Letters.Letter letter, Outcome outcome) {
        standing.heard(letter.town(), host(letter), outcome);
        CompletableFuture<Void> unused = commits.write(() -> settle(letter, outcome))
                .exceptionally(failure -> {
                    LOG.warn("An answer to another server may leave twice: {}", failure.getMessage());
                    return null;
                });
    }

    private void settle(Letters.Letter letter, Outcome outcome) {
        Instant now = clock.instant();
        int failures = letter.attempts() + 1;
        if (outcome instanceof Outcome.RetryAt later
                && !RETRYING.isOver(failures, Duration.between(letter.writtenAt(), now))) {
            Duration asked = later.after();
            letters.putOff(letter, now.plus(asked == null ? RETRYING.pause(failures, random) : RETRYING.heard(asked)));
        } else {
            letters.remove(letter);
            FediverseAnswers.answerIn(letter.body())
                    .ifPresent(answer -> incoming.carried(letter.town(), answer, FediverseAnswers.carried(outcome)));
            if (!(outcome instanceof Outcome.Accepted)) {
                LOG.debug("An answer to {} was given up: {}", letter.address().getHost(), outcome);
            }
        }
    }
}
