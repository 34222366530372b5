package fr.tambour.phone.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets go of phones that never answered, and of those that nobody has opened the site with for long. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(PhoneSettings.class)
class PhoneSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneSweeper.class);

    private final Phones phones;
    private final TokenPush tokens;
    private final PastChoices past;
    private final Unseen unseen;
    private final TransactionTemplate writing;
    private final Clock clock;

    PhoneSweeper(
            Phones phones,
            TokenPush tokens,
            PastChoices past,
            Unseen unseen,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.phones = phones;
        this.tokens = tokens;
        this.past = past;
        this.unseen = unseen;
        this.writing = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelay = 7, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            Instant now = clock.instant();
            writing.executeWithoutResult(status -> swept(now));
            tokens.askAgain(now);
            past.sweep(now);
        } catch (DataAccessException e) {
            LOG.warn("Phones that answer no more stay for another ten minutes: {}", e.getMessage());
        }
    }

    private void swept(Instant now) {
        phones.sweepPending(now.minus(Subscriptions.PENDING), now.minus(Subscriptions.MOVED));
        phones.sweepCodes(now);
    }

    @Scheduled(initialDelay = 30, fixedDelay = 24 * 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        try {
            unseen.sweep(clock.instant());
        } catch (DataAccessException e) {
            LOG.warn("Phones that nobody opens the site with stay for another day: {}", e.getMessage());
        }
    }
}
