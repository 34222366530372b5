package fr.tambour.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers in processes of their own. */
public final class Ports {

    /** From here on systems lend ports to whoever connects: one of those may be taken before it is listened on. */
    private static final int LENT = 32_768;

    private static final int FIRST = 20_000;

    private Ports() {}

    /** One on which nobody listens. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LENT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another.
            }
        }
    }
}
