package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
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

/** How many followed on which day, and from how many servers: numbers alone, which stay when people leave. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class FollowerDays {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerDays.class);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    FollowerDays(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** @param day in UTC */
    public record Count(LocalDate day, long followers, long servers) {}

    /** @param followers of them on this server */
    public record Server(String host, long followers) {}

    private record Noted(long town, long followers, long servers) {}

    /** Counted while others write; then a row for each town. */
    @Scheduled(initialDelay = 9, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    public void note() {
        try {
            List<Noted> counted = reading.execute(status -> counted());
            writing.executeWithoutResult(status -> counted.forEach(this::write));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("How many follow is not noted this hour: {}", e.getMessage());
        }
    }

    private List<Noted> counted() {
        return jdbc.sql("""
                        SELECT actor.town_id, COUNT(follower.id) AS followers, COUNT(DISTINCT inbox.host) AS servers
                        FROM fediverse_actor actor
                        LEFT JOIN fediverse_follower follower
                          ON follower.town_id = actor.town_id AND follower.actor_id = actor.id
                        LEFT JOIN fediverse_inbox inbox
                          ON inbox.town_id = follower.town_id AND inbox.id = follower.inbox_id
                        WHERE actor.kind = 'TOWN' AND actor.held_at IS NOT NULL
                        GROUP BY actor.town_id
                        """)
                .query((row, n) -> new Noted(row.getLong("town_id"), row.getLong("followers"), row.getLong("servers")))
                .list();
    }

    private void write(Noted noted) {
        jdbc.sql("""
                        INSERT INTO fediverse_day (town_id, day, followers, servers) VALUES (:town, :day, :followers, :servers)
                        ON CONFLICT (town_id, day) DO UPDATE SET
                          followers = excluded.followers, servers = excluded.servers
                        """)
                .param("town", noted.town())
                .param(
                        "day",
                        Math.floorDiv(
                                Millis.of(clock.instant()), Duration.ofDays(1).toMillis()))
                .param("followers", noted.followers())
                .param("servers", noted.servers())
                .update();
    }

    /** The newest first. */
    public List<Count> last(TownId town, int days) {
        return reading.execute(status -> jdbc.sql("""
                        SELECT day, followers, servers FROM fediverse_day
                        WHERE town_id = :town ORDER BY day DESC LIMIT :days
                        """)
                .param("town", town.value())
                .param("days", days)
                .query((row, n) -> new Count(
                        LocalDate.ofEpochDay(row.getLong("day")), row.getLong("followers"), row.getLong("servers")))
                .list());
    }

    /** From which servers they follow now, the most first. */
    public List<Server> servers(Actor followed, int most) {
        return reading.execute(status -> jdbc.sql("""
                        SELECT inbox.host, COUNT(*) AS followers
                        FROM fediverse_follower follower
                        JOIN fediverse_inbox inbox
                          ON inbox.town_id = follower.town_id AND inbox.id = follower.inbox_id
                        WHERE follower.town_id = :town AND follower.actor_id = :actor
                        GROUP BY inbox.host ORDER BY followers DESC, inbox.host LIMIT :most
                        """)
                .param("town", followed.town().value())
                .param("actor", followed.id())
                .param("most", most)
                .query((row, n) -> new Server(row.getString("host"), row.getLong("followers")))
                .list());
    }
}
