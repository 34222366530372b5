package fr.tambour.conversation.internal;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of whom to keep out. Every method belongs into a transaction of the caller. */
public interface KnownLists {

    /** @param names with what is said about each */
    void add(TownId town, KnownList list, Map<String, String> names);

    Optional<KnownList> find(TownId town, long id);

    /** Those that were begun to be taken over, the last first. */
    List<KnownList> begun(TownId town, int limit);

    /** What stands in it; nothing once it is done. */
    Map<String, String> names(TownId town, long id);

    /** @return false where it was lifted */
    boolean begin(TownId town, long id, Instant now);

    void finish(TownId town, long id, Instant now);

    void lift(TownId town, long id, Instant now);

    /** Nothing where it was begun. */
    void forget(TownId town, long id);

    /** Those that nobody has taken over since then, and those that were lifted before; of any town, no more than so many. */
    int purge(Instant readBefore, Instant liftedBefore, int limit);
}
