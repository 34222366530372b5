package fr.tambour.fediverse.internal;

import java.net.URI;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;

/**
 * An account of another server, as it describes itself.
 *
 * @param uri its identifier
 * @param inbox where it reads
 * @param sharedInbox where all of its server read, or the same
 * @param keys those that it signs with, by their identifiers
 * @param name what stands before the @; may be empty
 * @param displayed as it calls itself; may be empty, and anything
 * @param page where people find it
 * @param aliases other accounts that it says are the same person's
 */
record RemoteActor(
        URI uri,
        URI inbox,
        URI sharedInbox,
        Map<String, PublicKey> keys,
        String name,
        String displayed,
        URI page,
        Set<URI> aliases) {

    RemoteActor {
        keys = Map.copyOf(keys);
        aliases = Set.copyOf(aliases);
    }

    RemoteActor(URI uri, URI inbox, URI sharedInbox, Map<String, PublicKey> keys) {
        this(uri, inbox, sharedInbox, keys, "", "", uri, Set.of());
    }

    /** {@code alice@other.example}; by its identifier where it has no decent name. */
    String handle() {
        return name.isEmpty() ? uri.toString() : name + "@" + uri.getRawAuthority();
    }
}
