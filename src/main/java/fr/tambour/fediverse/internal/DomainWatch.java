package fr.tambour.fediverse.internal;

import fr.tambour.town.Town;
import fr.tambour.town.TownCheck;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
 * Whether the domains that accounts are called by, and on which Tambour does not run, still lead here: asked once an hour, one after the
 * other, by each node for itself, and by the doctor. One that fails once may be busy: it is lost when it fails twice in a row.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class DomainWatch implements TownCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DomainWatch.class);
    private static final int SURE = 2;
    private static final int PATIENCE_S = 30;

    private final Actors actors;
    private final AccountAddress address;
    private final Towns towns;
    private final Clock clock;
    private final TransactionTemplate reading;
    private final Map<TownId, Failing> failing = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> round = CompletableFuture.completedFuture(null);

    private record Failing(String domain, Instant since, int times) {}

    /** @param handle with its first @ */
    public record Lost(String domain, String handle, Instant since) {}

    DomainWatch(
            Actors actors, AccountAddress address, Towns towns, Clock clock, PlatformTransactionManager transactions) {
        this.actors = actors;
        this.address = address;
        this.towns = towns;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Scheduled(initialDelay = 2, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void ask() {
        if (!round.isDone()) {
            return;
        }
        try {
            round();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Whether the domains of accounts still lead here is asked in an hour: {}", e.getMessage());
        }
    }

    /** Asks all of them; done when the last has answered, or was waited for long enough. */
    public CompletableFuture<Void> round() {
        CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);
        List<Town> all = Objects.requireNonNull(reading.execute(status -> towns.all()));
        for (Town town : all) {
            Optional<Actor> elsewhere = elsewhere(town);
            if (elsewhere.isPresent()) {
                asked = asked.thenCompose(before -> leadsHere(town, elsewhere.get()))
                        .thenAccept(leads -> note(elsewhere.get(), leads));
            } else {
                failing.remove(town.id());
            }
        }
        round = asked;
        return asked;
    }

    /** The town's account, where it is called by another domain than where it stands. */
    private Optional<Actor> elsewhere(Town town) {
        return actors.made(town)
                .filter(actor -> !actor.domain().equals(actor.base().getRawAuthority()));
    }

    private CompletableFuture<Boolean> leadsHere(Town town, Actor actor) {
        return address.leadsHere(town, actor).completeOnTimeout(false, PATIENCE_S, TimeUnit.SECONDS);
    }

    private void note(Actor actor, boolean leads) {
        if (leads) {
            failing.remove(actor.town());
            return;
        }
        Failing now = failing.merge(
                actor.town(),
                new Failing(actor.domain(), clock.instant(), 1),
                (before, first) -> before.domain().equals(first.domain())
                        ? new Failing(before.domain(), before.since(), before.times() + 1)
                        : first);
        if (now.times() == SURE) {
            LOG.warn("{} does not lead here any more: the account {} is not found by that name", now.domain(), actor);
        }
    }

    /** That the domain of its account has not led here for a while, as far as this node knows. Nobody is asked for it. */
    public Optional<Lost> lost(Town town) {
        return Optional.ofNullable(failing.get(town.id()))
                .filter(one -> one.times() >= SURE)
                .flatMap(one -> elsewhere(town)
                        .filter(actor -> actor.domain().equals(one.domain()))
                        .map(actor -> new Lost(one.domain(), "@" + actor.handle(), one.since())));
    }

    @Override
    public List<Seen> look(Town town) {
        return elsewhere(town)
                .map(actor -> {
                    boolean leads = leadsHere(town, actor).join();
                    return new Seen(
                            leads,
                            leads ? "fediverse.doctor.domain" : "fediverse.doctor.domain-lost",
                            List.of(town.fullName(), actor.domain(), "@" + actor.handle(), actor.base()));
                })
                .map(List::of)
                .orElse(List.of());
    }
}
