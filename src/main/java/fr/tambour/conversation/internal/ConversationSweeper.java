package fr.tambour.conversation.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
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

    /** Rows to a transaction. */
    private static final int BATCH = 500;

    /** A list that nobody has taken over by then. */
    private static final Duration LOOKED_AT = Duration.ofDays(1);

    private final Messages messages;
    private final Reactions reactions;
    private final Guard guard;
    private final KnownLists lists;
    private final Clock clock;
    private final TransactionTemplate writing;

    ConversationSweeper(
            Messages messages,
            Reactions reactions,
            Guard guard,
            KnownLists lists,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.messages = messages;
        this.reactions = reactions;
        this.guard = guard;
        this.lists = lists;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 12, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        Instant now = clock.instant();
        Instant before = now.minus(ConversationRetention.KEPT);
        LocalDate counted = LocalDate.ofInstant(now.minus(ConversationRetention.COUNTED), ZoneOffset.UTC);
        Instant takenBack = now.minus(Duration.ofDays(ConversationRetention.TAKEN_BACK_DAYS));
        try {
            int gone = all(() -> messages.purgeTouched(before, BATCH))
                    + all(() -> messages.purgeRemoved(before, BATCH))
                    + all(() -> reactions.purge(before, BATCH))
                    + all(() -> guard.purgeReports(before, BATCH));
            int counts = all(() -> guard.purgeCounts(counted, BATCH))
                    + all(() -> guard.purgeTombstones(takenBack, BATCH))
                    + all(() -> guard.purgeDeparted(takenBack, BATCH))
                    + all(() -> lists.purge(now.minus(LOOKED_AT), takenBack, BATCH))
                    + all(() -> guard.forgetNames(before, BATCH));
            if (gone > 0) {
                LOG.info(
                        "{} things that others said were kept long enough and are erased, and {} counts and names",
                        gone,
                        counts);
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What others said is kept for another hour: {}", e.getMessage());
        }
    }

    /** A batch to a transaction: nobody waits for all of them. */
    private int all(IntSupplier batch) {
        int all = 0;
        int some;
        do {
            some = Objects.requireNonNull(writing.execute(status -> batch.getAsInt()));
            all += some;
        } while (some > 0);
        return all;
    }
}
