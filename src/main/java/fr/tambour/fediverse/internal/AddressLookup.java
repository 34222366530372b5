package fr.tambour.fediverse.internal;

import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.AnswerCarrier.Scope;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.ServerName;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out which account an address is that is blocked, where identifiers do not show it: numbers stand in them, or another host
 * than in the address. The address's own server is asked (RFC 7033). Where it names an account of another host, that has to say the
 * same of itself: else whoever is blocked could have others cut off.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AddressLookup {

    private static final Logger LOG = LoggerFactory.getLogger(AddressLookup.class);

    /** In a second: a list may name thousands. */
    private static final int AT_ONCE = 5;

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Then nobody knows; with the pauses between them, after about a day. */
    private static final int MOST_ATTEMPTS = 10;

    private static final String SELF = "self";

    private final Lookups lookups;
    private final WebFinger webFinger;
    private final FediverseAnswers answers;
    private final Incoming incoming;
    private final Towns towns;
    private final StrangersWork work;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    AddressLookup(
            Lookups lookups,
            WebFinger webFinger,
            FediverseAnswers answers,
            Incoming incoming,
            Towns towns,
            StrangersWork work,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.lookups = lookups;
        this.webFinger = webFinger;
        this.answers = answers;
        this.incoming = incoming;
        this.towns = towns;
        this.work = work;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Scheduled(initialDelay = 5_000, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void look() {
        try {
            if (Boolean.TRUE.equals(reading.execute(status -> lookups.isDue(clock.instant())))) {
                List<Lookups.Lookup> due = Objects.requireNonNull(
                        writing.execute(status -> lookups.take(clock.instant(), LEASE, AT_ONCE)));
                due.forEach(this::look);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Whose addresses are blocked is found out when the database answers: {}", e.getMessage());
        }
    }

    private void look(Lookups.Lookup lookup) {
        Optional<Town> town = towns.byId(lookup.town());
        CompletableFuture<Void> unused = (town.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.<URI>empty())
                        : whose(webFinger, town.get(), lookup.address()))
                .completeOnTimeout(Optional.empty(), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .thenAcceptAsync(found -> settle(lookup, found), work::execute)
                .exceptionally(failure -> {
                    LOG.warn("Whose address is blocked is found out later: {}", failure.getMessage());
                    return null;
                });
    }

    /** Never fails; empty where nobody says. */
    static CompletableFuture<Optional<URI>> whose(WebFinger webFinger, Town town, String address) {
        int at = address.lastIndexOf('@');
        String name = address.substring(0, at);
        String host = address.substring(at + 1);
        return webFinger.ask(town, host, "acct:" + address).thenCompose(document -> {
            Optional<URI> who = document.flatMap(AddressLookup::self);
            if (who.isEmpty() || ServerName.of(who.get().getRawAuthority()).equals(host)) {
                return CompletableFuture.completedFuture(who);
            }
            String theirs = who.get().getRawAuthority();
            return webFinger
                    .ask(town, theirs, "acct:" + name + "@" + theirs)
                    .thenApply(other -> other.filter(
                                    said -> StrangeJson.text(said, "subject").equalsIgnoreCase("acct:" + address))
                            .flatMap(AddressLookup::self)
                            .filter(who.get()::equals));
        });
    }

    static Optional<URI> self(ObjectNode document) {
        return WebFinger.links(document, SELF)
                .filter(link -> StrangeJson.text(link, "type").contains("json"))
                .flatMap(link -> StrangeJson.address(StrangeJson.text(link, "href")).stream())
                .findFirst();
    }

    /** @param found empty where nobody says */
    void settle(Lookups.Lookup lookup, Optional<URI> found) {
        writing.executeWithoutResult(status -> {
            if (found.isPresent()
                    && incoming.isKnownAs(
                            lookup.town(), lookup.address(), found.get().toString())) {
                answers.cutOff(
                        lookup.town(),
                        List.of(new Blocked(Scope.AUTHOR, found.get().toString())));
            }
            if (found.isPresent() || lookup.attempts() >= MOST_ATTEMPTS) {
                lookups.remove(lookup.town(), lookup.address());
            } else {
                lookups.putOff(lookup, clock.instant().plus(Duration.ofMinutes(1L << lookup.attempts())));
            }
        });
    }
}
