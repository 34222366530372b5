package fr.tambour.conversation.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** Lets go of what strangers said once it has been kept long enough. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ConversationSweeper {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationSweeper.class);

    private final Messages messages;
    private final Reactions reactions;
    private final Guard guard;
    private final Clock clock;
    private final TransactionTemplate writing;

    ConversationSweeper(
            Messages messages, Reactions reactions, Guard guard, Clock clock, PlatformTransactionManager transactions) {
        this.messages = messages;
        this.reactions = reactions;
        this.guard = guard;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 12, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        Instant now = clock.instant();
        Instant before = now.minus(ConversationRetention.KEPT);
        try {
            writing.executeWithoutResult(status -> {
                int gone = messages.purge(before, before)
                        + reactions.purge(before)
                        + guard.purge(
                                before, LocalDate.ofInstant(now.minus(ConversationRetention.COUNTED), ZoneOffset.UTC));
                if (gone > 0) {
                    LOG.info("{} things that others said were kept long enough and are erased", gone);
                }
            });
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What others said is kept for another hour: {}", e.getMessage());
        }
    }
}
