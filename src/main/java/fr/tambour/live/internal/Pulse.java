package fr.tambour.live.internal;

import fr.tambour.live.Shown;
import fr.tambour.storage.AfterCommit;
import fr.tambour.town.TownId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** How often what a town shows has changed, as far as this node knows. In memory: asking costs nothing. */
@Component
class Pulse implements Shown {

    private final AtomicLong everywhere = new AtomicLong();
    private final ConcurrentMap<TownId, AtomicLong> towns = new ConcurrentHashMap<>();
    private final List<Consumer<TownId>> listeners = new CopyOnWriteArrayList<>();

    /** Equal to an earlier one as long as nothing has changed meanwhile. */
    long of(TownId town) {
        AtomicLong beats = towns.get(town);
        return everywhere.get() + (beats == null ? 0 : beats.get());
    }

    /** Something public happened to a notice, and is committed: open pages are told. */
    void beat(TownId town) {
        changed(town);
        listeners.forEach(listener -> listener.accept(town));
    }

    @Override
    public void changes(TownId town) {
        AfterCommit.run(() -> changed(town));
    }

    /** What a town shows may look otherwise; open pages are not told. */
    void changed(TownId town) {
        towns.computeIfAbsent(town, id -> new AtomicLong()).incrementAndGet();
    }

    /** The same, where it is not known of which town. */
    void changed() {
        everywhere.incrementAndGet();
    }

    /** @param woken is called on the thread that committed, before its answer: it must not wait for anything */
    void listen(Consumer<TownId> woken) {
        listeners.add(woken);
    }
}
