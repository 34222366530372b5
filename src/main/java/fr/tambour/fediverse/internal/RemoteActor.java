package fr.tambour.fediverse.internal;

import java.net.URI;
import java.security.PublicKey;
import java.util.Map;

/**
 * An account of another server, as it describes itself.
 *
 * @param uri its identifier
 * @param inbox where it reads
 * @param sharedInbox where all of its server read, or the same
 * @param keys those that it signs with, by their identifiers
 */
record RemoteActor(URI uri, URI inbox, URI sharedInbox, Map<String, PublicKey> keys) {

    RemoteActor {
        keys = Map.copyOf(keys);
    }
}
