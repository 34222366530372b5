package fr.tambour.live.internal;

import fr.tambour.testing.TambourServer;

/** How many there are: tests of open pages wait for theirs. */
public final class OpenStreams {

    private OpenStreams() {}

    public static int count(TambourServer server) {
        return server.bean(Streams.class).count();
    }
}
