package fr.tambour.conversation.internal;

import fr.tambour.town.TownId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be contested, and what was. Every method belongs into a transaction of the caller. */
public interface Appeals {

    /** @param token its SHA-256 */
    void add(TownId town, Appeal appeal, String token);

    /** Another token takes the place of the one that was not told. */
    void renew(TownId town, long id, String token, Instant until);

    Optional<Appeal> find(TownId town, long id);

    Optional<Appeal> byToken(TownId town, String token);

    /** The last first. */
    List<Appeal> of(TownId town, long message);

    /** Those that wait for a decision, the first to come first. */
    List<Appeal> waiting(TownId town, int limit);

    /** How many wait, no more than {@code most}. */
    int waitingCount(TownId town, int most);

    /** @return false where it was contested or decided already */
    boolean file(TownId town, long id, Appeal.Filed filed);

    /** @return false where it was decided already */
    boolean decide(TownId town, long id, Appeal.Decision decision);
}
