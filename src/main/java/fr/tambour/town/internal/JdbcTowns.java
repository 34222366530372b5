package fr.tambour.town.internal;

import fr.tambour.storage.Ids;
import fr.tambour.storage.Millis;
import fr.tambour.storage.OtherNodes;
import fr.tambour.text.Slug;
import fr.tambour.town.HostName;
import fr.tambour.town.Profile;
import fr.tambour.town.Town;
import fr.tambour.town.TownChange;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Towns in the tables `town` and `town_host`, read from memory. What a transaction changes is seen by itself at once, by
 * this node when it has committed, by others within a second ({@link TownsWatch}).
 */
@Component
class JdbcTowns implements Towns {

    private static final int LONGEST_SLUG = 50;
    private static final String COLUMNS = "id, slug, origin, profile, identifier_base, demonstration, version";

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;
    private final ObjectProvider<TownChange> steps;
    private final OtherNodes nodes;
    private final KnownTowns known = new KnownTowns();

    JdbcTowns(JdbcClient jdbc, Ids ids, Clock clock, ObjectProvider<TownChange> steps, OtherNodes nodes) {
        this.nodes = nodes;
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.steps = steps;
        known.learn(stored());
    }

    @Override
    public Optional<Town> byHost(String host) {
        return known.byHost(host);
    }

    @Override
    public Optional<Town> byId(TownId id) {
        Town changed = inThisTransaction().get(id);
        return changed != null ? Optional.of(changed) : known.byId(id);
    }

    @Override
    public Optional<Town> bySlug(String slug) {
        return known.bySlug(slug);
    }

    @Override
    public List<Town> all() {
        return known.all();
    }

    @Override
    @Transactional
    public Town add(Town.Origin origin, Profile profile, boolean demonstration) {
        return add(new TownId(ids.next()), origin, profile, demonstration);
    }

    @Override
    @Transactional
    public Town add(TownId id, Town.Origin origin, Profile profile, boolean demonstration) {
        Instant now = clock.instant();
        Town town = new Town(id, freeSlug(origin, profile), origin, profile, demonstration, 1);
        jdbc.sql("""
                        INSERT INTO town (id, slug, type, code, name, origin, profile, identifier_base, demonstration,
                          counter, version, created_at, changed_at)
                        VALUES (:id, :slug, :type, :code, :name, :origin, :profile, :identifiers, :demonstration,
                          0, 1, :now, :now)
                        """)
                .param("id", town.id().value())
                .param("slug", town.slug())
                .param("type", origin.type().name())
                .param("code", origin.code())
                .param("name", profile.name())
                .param("origin", Json.write(origin))
                .param("profile", Json.write(profile))
                .param("identifiers", town.identifierBase().toString())
                .param("demonstration", demonstration ? 1 : 0)
                .param("now", Millis.of(now))
                .update();
        takeHosts(town);
        return remember(town);
    }

    @Override
    @Transactional
    public Town change(TownId id, long version, Profile profile) {
        Town before = get(id);
        URI identifiers = before.identifierBase();
        int changed = jdbc.sql("""
                        UPDATE town SET name = :name, profile = :profile, identifier_base = :identifiers,
                          version = version + 1, changed_at = :now
                        WHERE id = :id AND version = :version
                        """)
                .param("id", id.value())
                .param("version", version)
                .param("name", profile.name())
                .param("profile", Json.write(profile))
                .param("identifiers", (isLocal(identifiers) ? profile.baseUrl() : identifiers).toString())
                .param("now", Millis.of(clock.instant()))
                .update();
        if (changed == 0) {
            throw new Refusal(HttpStatus.CONFLICT, "town.changed-meanwhile");
        }
        jdbc.sql("DELETE FROM town_host WHERE town_id = :id")
                .param("id", id.value())
                .update();
        Town town = jdbc.sql("SELECT " + COLUMNS + " FROM town WHERE id = :id")
                .param("id", id.value())
                .query(JdbcTowns::town)
                .single();
        takeHosts(town);
        remember(town);
        steps.forEach(step -> step.changed(before, town));
        return town;
    }

    /** Nobody but this machine has seen anything under such an address, and every other has the same. */
    private static boolean isLocal(URI base) {
        String host = String.valueOf(base.getHost());
        return HostName.isLoopback(host) || HostName.slugOfLocal(host).isPresent();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(TownId id) {
        // An update that changes nothing locks the row on PostgreSQL; on SQLite the writer is alone anyway.
        jdbc.sql("UPDATE town SET counter = counter WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public long nextCounter(TownId id) {
        return jdbc.sql("UPDATE town SET counter = counter + 1 WHERE id = :id RETURNING counter")
                .param("id", id.value())
                .query(Long.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public long counter(TownId id) {
        return jdbc.sql("SELECT counter FROM town WHERE id = :id")
                .param("id", id.value())
                .query(Long.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<TownId, Long> counters() {
        Map<TownId, Long> counters = new HashMap<>();
        jdbc.sql("SELECT id, counter FROM town").query(row -> {
            counters.put(new TownId(row.getLong("id")), row.getLong("counter"));
        });
        return counters;
    }

    /** Learns what other nodes have committed. */
    @Transactional(readOnly = true)
    public void refresh() {
        long versions = jdbc.sql("SELECT COALESCE(SUM(version), 0) FROM town")
                .query(Long.class)
                .single();
        if (versions != known.versions()) {
            known.learn(stored());
        }
    }

    private List<Town> stored() {
        return jdbc.sql("SELECT " + COLUMNS + " FROM town")
                .query(JdbcTowns::town)
                .list();
    }

    private void takeHosts(Town town) {
        for (String host : town.profile().hosts()) {
            try {
                jdbc.sql("INSERT INTO town_host (host, town_id) VALUES (:host, :town)")
                        .param("host", host)
                        .param("town", town.id().value())
                        .update();
            } catch (DuplicateKeyException taken) {
                throw new Refusal(HttpStatus.CONFLICT, "town.host-taken", host);
            }
        }
    }

    private String freeSlug(Town.Origin origin, Profile profile) {
        String name = Slug.of(profile.name()).replaceFirst("^(du|des|de-la|de-l|de|d)-(?=.)", "");
        String slug = name.length() > LONGEST_SLUG ? name.substring(0, LONGEST_SLUG) : name;
        if (slug.equals("-")) {
            slug = origin.code().toLowerCase(Locale.ROOT);
        }
        String candidate = slug.replaceAll("-+$", "");
        for (int next = 2; taken(candidate); next++) {
            candidate = slug + "-" + next;
        }
        return candidate;
    }

    private boolean taken(String slug) {
        return jdbc.sql("SELECT COUNT(*) FROM town WHERE slug = :slug")
                        .param("slug", slug)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Town town(ResultSet row, int number) throws SQLException {
        return new Town(
                new TownId(row.getLong("id")),
                row.getString("slug"),
                Json.read(row.getString("origin"), Town.Origin.class),
                Json.read(row.getString("profile"), Profile.class),
                URI.create(row.getString("identifier_base")),
                row.getInt("demonstration") == 1,
                row.getLong("version"));
    }

    /** Kept with the transaction, and learnt by all when it commits. */
    private Town remember(Town town) {
        Changes changes = (Changes) TransactionSynchronizationManager.getResource(known);
        if (changes == null) {
            changes = new Changes();
            TransactionSynchronizationManager.bindResource(known, changes);
            TransactionSynchronizationManager.registerSynchronization(changes);
        }
        changes.towns.put(town.id(), town);
        return town;
    }

    private Map<TownId, Town> inThisTransaction() {
        Changes changes = (Changes) TransactionSynchronizationManager.getResource(known);
        return changes == null ? Map.of() : changes.towns;
    }

    private final class Changes implements TransactionSynchronization {

        private final Map<TownId, Town> towns = new HashMap<>();

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(known);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(known, this);
        }

        @Override
        public void afterCommit() {
            known.learn(new ArrayList<>(towns.values()));
            towns.keySet().forEach(town -> nodes.tell(town.value()));
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(known);
        }
    }
}
