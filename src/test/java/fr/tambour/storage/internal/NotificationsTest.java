package fr.tambour.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.tambour.storage.Dialect;
import fr.tambour.storage.StorageSettings.DatabaseSettings;
import fr.tambour.testing.Await;
import fr.tambour.testing.Engines;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What one node tells and another hears, by PostgreSQL alone. */
@Timeout(300)
class NotificationsTest {

    private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();

    private static Pools pools(String url) {
        return DataSources.postgres(new DatabaseSettings(url, 4, true, Duration.ofMillis(500)));
    }

    private static String database() {
        return Objects.requireNonNull(Engines.empty(Dialect.POSTGRESQL).databaseUrl());
    }

    @Test
    void whatIsToldIsHeardByItsTownsIdAlone() throws Exception {
        try (Pools pools = pools(database())) {
            Announcer announcer = new Announcer(pools.writer());
            Notifications notifications = new Notifications(pools.writer(), announcer, heard::add);
            notifications.begin();
            Await.until(() -> notifications.isListening());
            announcer.say("no town");
            announcer.tell(42);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(42);
            announcer.tell(43);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(43);
            notifications.end();
            Await.until(() -> !notifications.isListening());
        }
    }

    /** As behind a pooler that lends a connection for one transaction: what is sent arrives somewhere else. */
    @Test
    void whereNothingComesThroughItIsSaidOnceAndNothingIsExpected() {
        Logger log = (Logger) LoggerFactory.getLogger(Notifications.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        log.setLevel(Level.INFO);
        log.addAppender(said);
        try (Pools here = pools(database());
                Pools elsewhere = pools(database())) {
            Notifications notifications =
                    new Notifications(here.writer(), new Announcer(elsewhere.writer()), heard::add);
            notifications.begin();
            Await.until(() -> !said.list.isEmpty());
            assertThat(said.list.getFirst().getFormattedMessage())
                    .contains("do not come through", "TAMBOUR_DATABASE_NOTIFICATIONS");
            assertThat(notifications.isListening()).isFalse();
            notifications.end();
        } finally {
            log.detachAppender(said);
            log.setLevel(null);
        }
    }
}
