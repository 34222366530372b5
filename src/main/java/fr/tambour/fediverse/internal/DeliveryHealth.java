package fr.tambour.fediverse.internal;

import fr.tambour.storage.Millis;
import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which servers take what the town tells them, and why the others do not. */
@Repository
public class DeliveryHealth {

    /** Of what fails on a host. */
    private static final String FAILING = "town_id = :town AND left_at IS NULL AND failing_since IS NOT NULL";

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;

    DeliveryHealth(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** How many servers, of those from which somebody follows. */
    public record Sum(long well, long failing, long aside) {

        public long all() {
            return well + failing + aside;
        }
    }

    /**
     * A server that takes nothing, or of which some inboxes take nothing.
     *
     * @param since the first failure of the last unbroken run
     * @param asideAt since when it is told nothing new; null while it is
     * @param followers who read there what does not arrive
     * @param failure why, the last time it was noted; null where it was not
     */
    public record Ailing(
            String host,
            Instant since,
            @Nullable Instant asideAt,
            long followers,
            @Nullable Failure failure) {}

    public Sum of(TownId town) {
        return Objects.requireNonNull(reading.execute(status -> jdbc.sql("""
                        SELECT COALESCE(SUM(CASE WHEN failing = 0 THEN 1 ELSE 0 END), 0) AS well,
                          COALESCE(SUM(CASE WHEN failing > aside THEN 1 ELSE 0 END), 0) AS failing,
                          COALESCE(SUM(CASE WHEN failing > 0 AND failing = aside THEN 1 ELSE 0 END), 0) AS aside
                        FROM (SELECT host, COUNT(failing_since) AS failing, COUNT(aside_at) AS aside FROM fediverse_inbox
                          WHERE town_id = :town AND left_at IS NULL GROUP BY host) AS hosts
                        """)
                .param("town", town.value())
                .query((row, n) -> new Sum(row.getLong("well"), row.getLong("failing"), row.getLong("aside")))
                .single()));
    }

    /**
     * Those where most people follow first.
     *
     * @param aside those that are set aside, else those that are not
     */
    public List<Ailing> ailing(TownId town, boolean aside, int limit, int offset) {
        return Objects.requireNonNull(reading.execute(status -> {
            List<Ailing> hosts = hosts(town, aside, limit, offset);
            Map<String, Failure> failures =
                    failures(town, hosts.stream().map(Ailing::host).toList());
            return hosts.stream()
                    .map(one -> new Ailing(
                            one.host(), one.since(), one.asideAt(), one.followers(), failures.get(one.host())))
                    .toList();
        }));
    }

    private List<Ailing> hosts(TownId town, boolean aside, int limit, int offset) {
        return jdbc.sql("""
                        SELECT inbox.host, MIN(inbox.failing_since) AS since, MAX(inbox.aside_at) AS aside,
                          COUNT(DISTINCT follower.remote) AS followers
                        FROM fediverse_inbox inbox
                        LEFT JOIN fediverse_follower follower
                          ON follower.town_id = inbox.town_id AND follower.inbox_id = inbox.id
                        WHERE inbox.%s
                        GROUP BY inbox.host HAVING COUNT(inbox.aside_at) %s COUNT(*)
                        ORDER BY followers DESC, since, inbox.host LIMIT :limit OFFSET :offset
                        """.formatted(FAILING, aside ? "=" : "<"))
                .param("town", town.value())
                .param("limit", limit)
                .param("offset", offset)
                .query((row, n) -> new Ailing(
                        row.getString("host"),
                        Millis.toInstant(row.getLong("since")),
                        aside ? Millis.toInstantOrNull(row.getObject("aside")) : null,
                        row.getLong("followers"),
                        null))
                .list();
    }

    /** Of each host the one that was noted last. */
    private Map<String, Failure> failures(TownId town, List<String> hosts) {
        Map<String, Failure> failures = new HashMap<>();
        if (!hosts.isEmpty()) {
            jdbc.sql("""
                            SELECT host, failure, failure_status, failure_until FROM (
                              SELECT host, failure, failure_status, failure_until,
                                ROW_NUMBER() OVER (PARTITION BY host ORDER BY failed_at DESC, id DESC) AS nth
                              FROM fediverse_inbox WHERE host IN (:hosts) AND failure IS NOT NULL AND %s) AS noted
                            WHERE nth = 1
                            """.formatted(FAILING))
                    .param("town", town.value())
                    .param("hosts", hosts)
                    .query(row -> {
                        failures.put(row.getString("host"), Objects.requireNonNull(JdbcFollowers.failure(row)));
                    });
        }
        return failures;
    }
}
