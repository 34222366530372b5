package fr.tambour.phone.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
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
    private final PastChoices past;
    private final PhoneSettings settings;
    private final TransactionTemplate writing;
    private final Clock clock;

    PhoneSweeper(
            Phones phones,
            PastChoices past,
            PhoneSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.phones = phones;
        this.past = past;
        this.settings = settings;
        this.writing = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelay = 7, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        try {
            writing.executeWithoutResult(status -> swept(clock.instant()));
            past.sweep(clock.instant());
        } catch (DataAccessException e) {
            LOG.warn("Phones that answer no more stay for another ten minutes: {}", e.getMessage());
        }
    }

    private void swept(Instant now) {
        phones.sweepPending(now.minus(Subscriptions.PENDING));
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        int old = phones.sweepUnseen(month.minusMonths(settings.months()), month);
        if (old > 0) {
            LOG.info("{} phones that had not opened the site for {} months are forgotten", old, settings.months());
        }
        phones.sweepCodes(now);
    }
}
