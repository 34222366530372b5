package fr.tambour.fediverse.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.conversation.AnswerCarrier.Blocked;
import fr.tambour.conversation.Incoming;
import fr.tambour.conversation.ServerName;
import fr.tambour.storage.AfterCommit;
import fr.tambour.town.TownId;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whether a server that something is leaving for was blocked meanwhile: asked of the books with each page, in one question, which
 * tells of what other nodes did, and of memory as each leaves.
 */
@Component
class KeptOut {

    /** Longer than anything is on its way; after that the books are asked again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    /** @param name of the server, for all that is below it */
    private record Server(TownId town, String name) {}

    private final Incoming incoming;
    private final Cache<Server, Boolean> lately =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();

    KeptOut(Incoming incoming) {
        this.incoming = incoming;
    }

    /** Nothing leaves for them once the caller's transaction is committed. */
    void block(TownId town, Collection<Blocked> whom) {
        AfterCommit.run(() -> servers(whom).forEach(name -> lately.put(new Server(town, name), true)));
    }

    void letIn(TownId town, Collection<Blocked> whom) {
        AfterCommit.run(() -> servers(whom).forEach(name -> lately.invalidate(new Server(town, name))));
    }

    private static Set<String> servers(Collection<Blocked> whom) {
        return Whom.of(whom).servers();
    }

    /** Those of these hosts that the town blocks, by the books. In a transaction. */
    Set<String> among(TownId town, Collection<String> hosts) {
        return incoming.blocked(town, hosts);
    }

    /** Whether this node blocked it a moment ago. On any thread, which it does not hold up. */
    boolean lately(TownId town, String host) {
        return lately.estimatedSize() > 0
                && ServerName.andAbove(ServerName.of(host)).stream()
                        .anyMatch(name -> lately.getIfPresent(new Server(town, name)) != null);
    }
}
