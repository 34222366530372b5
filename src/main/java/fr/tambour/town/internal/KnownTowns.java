package fr.tambour.town.internal;

import fr.tambour.town.HostName;
import fr.tambour.town.Town;
import fr.tambour.town.TownId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All towns as last committed, in memory. Of two states of a town the higher version stays, so that it does not matter
 * in which order a commit of ours and a read of the database are learnt.
 */
final class KnownTowns {

    private volatile Known known = Known.of(Map.of());

    synchronized void learn(Collection<Town> towns) {
        Map<TownId, Town> merged = new HashMap<>(known.byId());
        for (Town town : towns) {
            merged.merge(town.id(), town, (a, b) -> a.version() >= b.version() ? a : b);
        }
        known = Known.of(merged);
    }

    /** Sum of all versions: differs from the database's as soon as anything has changed there. */
    long versions() {
        return known.all().stream().mapToLong(Town::version).sum();
    }

    List<Town> all() {
        return known.all();
    }

    Optional<Town> byId(TownId id) {
        return Optional.ofNullable(known.byId().get(id));
    }

    Optional<Town> bySlug(String slug) {
        return Optional.ofNullable(known.bySlug().get(slug));
    }

    Optional<Town> byHost(String header) {
        Known now = known;
        String host = HostName.ofHeader(header);
        if (HostName.isLoopback(host)) {
            return now.all().size() == 1 ? Optional.of(now.all().getFirst()) : Optional.empty();
        }
        Town town = now.byHost().get(host);
        if (town == null) {
            town = HostName.slugOfLocal(host).map(now.bySlug()::get).orElse(null);
        }
        return Optional.ofNullable(town);
    }

    private record Known(Map<TownId, Town> byId, Map<String, Town> bySlug, Map<String, Town> byHost, List<Town> all) {

        static Known of(Map<TownId, Town> towns) {
            Map<String, Town> slugs = new HashMap<>();
            Map<String, Town> hosts = new HashMap<>();
            for (Town town : towns.values()) {
                slugs.put(town.slug(), town);
                town.profile().hosts().forEach(host -> hosts.put(host, town));
            }
            List<Town> all = towns.values().stream()
                    .sorted(Comparator.comparing(Town::slug))
                    .toList();
            return new Known(Map.copyOf(towns), Map.copyOf(slugs), Map.copyOf(hosts), all);
        }
    }
}
