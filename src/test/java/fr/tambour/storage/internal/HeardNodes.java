package fr.tambour.storage.internal;

import fr.tambour.storage.OtherNodes;
import fr.tambour.testing.TambourServer;

/** For tests of several nodes: whether one hears the others. */
public final class HeardNodes {

    private HeardNodes() {}

    public static boolean hears(TambourServer server) {
        return server.bean(OtherNodes.class) instanceof PostgresNodes nodes && nodes.isListening();
    }
}
