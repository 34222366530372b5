package fr.tambour.fediverse.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.live.Shown;
import fr.tambour.storage.Millis;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.sql.Types;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Which towns show other servers what is theirs only where those say who they are. Known without asking anybody: what another node
 * or a command has changed, within a second.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final JdbcClient jdbc;
    private final Actors actors;
    private final Shown shown;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private volatile @Nullable Set<TownId> shut;

    Gate(
            JdbcClient jdbc,
            Actors actors,
            Shown shown,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.actors = actors;
        this.shown = shown;
        this.audit = audit;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Whether it is known to show everything to everybody; waits for nothing, so not before anybody has looked. */
    public boolean isKnownToBeOpen(TownId town) {
        Set<TownId> known = shut;
        return known != null && !known.contains(town);
    }

    public boolean isShut(TownId town) {
        Set<TownId> known = shut;
        return (known == null ? read() : known).contains(town);
    }

    private Set<TownId> read() {
        Set<TownId> found = Set.copyOf(Objects.requireNonNull(reading.execute(status -> jdbc.sql(
                        "SELECT town_id FROM fediverse_actor WHERE gated_since IS NOT NULL AND kind = 'TOWN'")
                .query((row, n) -> new TownId(row.getLong(1)))
                .list())));
        shut = found;
        return found;
    }

    /** The town's own from now on, and everybody's answers that are kept are made anew. */
    public void set(Town town, boolean on, long person) {
        Actor own = actors.of(town);
        writing.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            UPDATE fediverse_actor SET gated_since = :since
                            WHERE town_id = :town AND id = :id AND (gated_since IS NULL) = :on
                            """)
                    .param("since", on ? Millis.of(clock.instant()) : null, Types.BIGINT)
                    .param("town", town.id().value())
                    .param("id", own.id())
                    .param("on", on)
                    .update();
            if (changed > 0) {
                shown.changes(town.id());
                audit.record(new AuditEntry(
                        town.id().value(),
                        person,
                        on ? "fediverse.gate-shut" : "fediverse.gate-opened",
                        "fediverse",
                        Map.of()));
            }
        });
        read();
    }

    @Scheduled(initialDelay = 500, fixedDelay = 1_000, timeUnit = TimeUnit.MILLISECONDS)
    void look() {
        try {
            read();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Which towns show servers nothing unsigned stays as it was: {}", e.getMessage());
        }
    }
}
