package fr.tambour.live.internal;

import fr.tambour.storage.OtherNodes;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** Wakes what is open here when another node has published, and has other nodes woken when this one has. */
@Component
class Elsewhere {

    private final Towns towns;
    private final Pulse pulse;
    private final OtherNodes nodes;
    private final ConcurrentMap<TownId, Long> seen = new ConcurrentHashMap<>();

    Elsewhere(Towns towns, Pulse pulse, OtherNodes nodes) {
        this.towns = towns;
        this.pulse = pulse;
        this.nodes = nodes;
        nodes.watch(
                "Open pages hear nothing of other nodes", () -> towns.counters().forEach(this::learn));
        nodes.listen(this::heard);
    }

    /** @param counter that of the town's event, for which everything here has been woken */
    void tell(TownId town, long counter) {
        seen.merge(town, counter, Math::max);
        nodes.tell(town.value());
    }

    private void heard(long id) {
        TownId town = new TownId(id);
        if (towns.byId(town).isPresent()) {
            learn(town, towns.counter(town));
        }
    }

    private void learn(TownId town, long counter) {
        Long before = seen.put(town, counter);
        if (before == null || before != counter) {
            pulse.beat(town);
        }
    }
}
