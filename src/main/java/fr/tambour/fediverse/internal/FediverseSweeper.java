package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets go of what has served: requests that are too old to be replayed, inboxes that nobody reads any more, pins of what is over. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class FediverseSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(FediverseSweeper.class);

    private final JdbcClient jdbc;
    private final Pins pins;
    private final Clock clock;
    private final TransactionTemplate writing;

    FediverseSweeper(JdbcClient jdbc, Pins pins, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.pins = pins;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 8, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        Instant now = clock.instant();
        try {
            writing.executeWithoutResult(status -> {
                pins.takeOffWhatIsOver();
                letGo(now);
            });
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What the fediverse needs no more stays for another ten minutes: {}", e.getMessage());
        }
    }

    /** In the caller's transaction. */
    void letGo(Instant now) {
        deleted("fediverse_asking WHERE asked_at", now.minus(Duration.ofDays(FediverseRetention.ASKING_DAYS)));
        deleted("fediverse_quote WHERE told_at", now.minus(Duration.ofDays(FediverseRetention.QUOTE_DAYS)));
        deleted(
                "fediverse_quote_refusal WHERE refused_at",
                now.minus(Duration.ofDays(FediverseRetention.REFUSED_QUOTE_DAYS)));
        deleted("fediverse_seen WHERE seen_at", now.minus(SignatureScheme.SKEW.multipliedBy(3)));
        deleted("fediverse_following WHERE left_at", now.minus(Duration.ofDays(FediverseRetention.INBOX_DAYS)));
        deleted("fediverse_inbox WHERE left_at", now.minus(Duration.ofDays(FediverseRetention.INBOX_DAYS)));
    }

    private void deleted(String where, Instant before) {
        jdbc.sql("DELETE FROM " + where + " < :before")
                .param("before", Millis.of(before))
                .update();
    }
}
