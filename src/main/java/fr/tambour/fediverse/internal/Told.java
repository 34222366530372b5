package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Errand.Reach;
import java.util.List;
import java.util.Set;

/**
 * Whom something is for, by the accounts that they follow.
 *
 * @param current whoever follows one of these now; nobody where it is empty
 * @param earlier and whoever may have been reached before
 */
record Told(Set<Long> current, List<Earlier> earlier) {

    Told {
        current = Set.copyOf(current);
        earlier = List.copyOf(earlier);
    }

    /** @param accounts those of which one was followed from there when it was published */
    record Earlier(Reach reach, Set<Long> accounts) {

        Earlier {
            accounts = Set.copyOf(accounts);
        }

        boolean covers(long key) {
            return key > reach.from() && key <= reach.to();
        }
    }

    /** Of the notice nothing was told before. */
    static Told anew(Set<Long> current) {
        return new Told(current, List.of());
    }
}
