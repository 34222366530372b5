package fr.tambour.fediverse.internal;

import fr.tambour.live.Shown;
import fr.tambour.storage.Millis;
import fr.tambour.town.Theme;
import fr.tambour.town.ThemesChange;
import fr.tambour.town.Town;
import fr.tambour.town.TownChange;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells whoever follows an account what it looks like by now: its name, its pictures, its links. Whatever may have changed that marks
 * it in its own transaction. Told is what stands a moment later, if it is not what was told last, and once in a few minutes at
 * most: whoever tries out colours is not heard at each step.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AccountNews implements TownChange, ThemesChange {

    private static final Logger LOG = LoggerFactory.getLogger(AccountNews.class);

    /** Between what is told of one account and what is told next. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    /** Within it each node has learnt what was changed on another: what looks the same until then may not be yet. */
    private static final Duration LEARNT = Duration.ofMinutes(1);

    private static final int AT_ONCE = 50;

    private final Actors actors;
    private final ActorDocument document;
    private final Rounds rounds;
    private final Towns towns;
    private final Shown shown;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    AccountNews(
            Actors actors,
            ActorDocument document,
            Rounds rounds,
            Towns towns,
            Shown shown,
            JdbcClient jdbc,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.document = document;
        this.rounds = rounds;
        this.towns = towns;
        this.shown = shown;
        this.jdbc = jdbc;
        this.clock = clock;
        this.writing = new TransactionTemplate(transactions);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * Tells it at once. In the caller's transaction.
     *
     * @param after the account as it is now
     * @param old as in {@link Rounds#add(Actor, String, ObjectNode, Actors.OldKey, Instant)}
     */
    void tell(Actor after, Town town, Actors.@Nullable OldKey old, Instant now) {
        ObjectNode account = document.of(after, town);
        rounds.add(after, "account " + after.id(), ActorDocument.update(after, account, now), old, now);
        jdbc.sql("""
                        UPDATE fediverse_actor SET told = :told, told_at = :now, changed_at = NULL
                        WHERE town_id = :town AND id = :id
                        """)
                .param("told", ActorDocument.digest(account, town))
                .param("now", Millis.of(now))
                .param("town", town.id().value())
                .param("id", after.id())
                .update();
        // Some ask for it rather than believe it.
        shown.changes(town.id());
    }

    /** An account may look otherwise from now on. In the caller's transaction. */
    void mayDiffer(Actor actor) {
        mark(actor, null);
    }

    @Override
    public void changed(Town before, Town after) {
        accounts(after)
                .forEach(now -> actors.byId(before, now.id()).ifPresent(was -> {
                    String told = document.digest(was, before);
                    if (!told.equals(document.digest(now, after))) {
                        mark(now, told);
                    }
                }));
    }

    @Override
    public void changed(TownId town, List<Theme> before, List<Theme> after) {
        towns.byId(town)
                .ifPresent(whose -> accounts(whose)
                        .filter(actor -> !name(before, actor, whose).equals(name(after, actor, whose)))
                        .forEach(this::mayDiffer));
    }

    /** Nothing is made for it: whom nobody ever asked for, nobody follows. */
    private Stream<Actor> accounts(Town town) {
        return Stream.concat(actors.made(town).stream(), actors.themes(town).stream())
                .filter(actor -> actor.state() != Actor.State.CLOSED);
    }

    private static Optional<String> name(List<Theme> themes, Actor actor, Town town) {
        return themes.stream()
                .filter(theme -> theme.id() == actor.theme())
                .findFirst()
                .map(theme -> theme.name(town.language(), town.language()));
    }

    /** @param told what was told last, if nobody has kept that */
    private void mark(Actor actor, @Nullable String told) {
        jdbc.sql("""
                        UPDATE fediverse_actor SET changed_at = :now, told = COALESCE(told, :told)
                        WHERE town_id = :town AND id = :id AND held_at IS NOT NULL AND closed_at IS NULL
                        """)
                .param("now", Millis.of(clock.instant()))
                .param("told", told, Types.VARCHAR)
                .param("town", actor.town().value())
                .param("id", actor.id())
                .update();
    }

    private record Key(TownId town, long id) {}

    /** @param told last, if anything was */
    private record Marked(Key account, @Nullable String told, Instant changedAt) {}

    @Scheduled(initialDelay = 3_300, fixedDelay = 2_000, timeUnit = TimeUnit.MILLISECONDS)
    void look() {
        try {
            Instant now = clock.instant();
            Objects.requireNonNull(reading.execute(status -> due(now))).forEach(marked -> tell(marked, now));
            Objects.requireNonNull(reading.execute(status -> unknown())).forEach(this::learn);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("That accounts look otherwise is told once the database answers: {}", e.getMessage());
        }
    }

    /** A key that is renewed is told first: what follows is signed with that. */
    private List<Marked> due(Instant now) {
        return jdbc.sql("""
                        SELECT town_id, id, told, changed_at FROM fediverse_actor AS actor
                        WHERE changed_at IS NOT NULL AND closed_at IS NULL AND (told_at IS NULL OR told_at <= :before)
                          AND NOT EXISTS (SELECT 1 FROM fediverse_round AS round WHERE round.town_id = actor.town_id
                            AND round.actor_id = actor.id AND round.private_key IS NOT NULL)
                        ORDER BY changed_at LIMIT :limit
                        """)
                .param("before", Millis.of(now.minus(PAUSE)))
                .param("limit", AT_ONCE)
                .query((row, n) ->
                        new Marked(key(row), row.getString("told"), Millis.toInstant(row.getLong("changed_at"))))
                .list();
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(new TownId(row.getLong("town_id")), row.getLong("id"));
    }

    private void with(Key account, BiConsumer<Actor, Town> what) {
        towns.byId(account.town())
                .ifPresent(town -> actors.byId(town, account.id()).ifPresent(actor -> what.accept(actor, town)));
    }

    private void tell(Marked marked, Instant now) {
        actors.reread(marked.account().town());
        with(marked.account(), (actor, town) -> {
            if (!document.digest(actor, town).equals(marked.told())) {
                writing.executeWithoutResult(status -> {
                    if (isStill(marked)) {
                        tell(actor, town, null, now);
                    }
                });
            } else if (marked.changedAt().isBefore(now.minus(LEARNT))) {
                writing.executeWithoutResult(status -> isStill(marked));
            }
        });
    }

    /** Whether nobody has told it meanwhile, and nothing was changed again. From then on it is not marked. */
    private boolean isStill(Marked marked) {
        return jdbc.sql("""
                        UPDATE fediverse_actor SET changed_at = NULL WHERE town_id = :town AND id = :id AND changed_at = :changed
                        """)
                        .param("town", marked.account().town().value())
                        .param("id", marked.account().id())
                        .param("changed", Millis.of(marked.changedAt()))
                        .update()
                == 1;
    }

    /** Those that have been followed since a moment ago: what their first followers have read is what there is. */
    private List<Key> unknown() {
        return jdbc.sql("""
                        SELECT town_id, id FROM fediverse_actor
                        WHERE held_at IS NOT NULL AND told IS NULL AND changed_at IS NULL AND closed_at IS NULL
                          AND kind <> 'INSTANCE' LIMIT :limit
                        """).param("limit", AT_ONCE).query((row, n) -> key(row)).list();
    }

    private void learn(Key unknown) {
        with(
                unknown,
                (actor, town) -> writing.executeWithoutResult(status -> jdbc.sql("""
                                        UPDATE fediverse_actor SET told = :told
                                        WHERE town_id = :town AND id = :id AND told IS NULL AND changed_at IS NULL
                                        """)
                        .param("told", document.digest(actor, town))
                        .param("town", unknown.town().value())
                        .param("id", unknown.id())
                        .update()));
    }
}
