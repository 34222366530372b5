package fr.tambour.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lies between a client and a server, and stops letting anything through when told: as if the server's machine had vanished. */
public final class Relay implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final int to;

    /** @param to the server's port on this machine */
    public Relay(int to) throws IOException {
        this.to = to;
        Thread.startVirtualThread(this::accept);
    }

    private static final class Line {
        final Socket client;
        final Socket server;
        volatile boolean silent;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void carry(Socket from, Socket onto) {
            byte[] some = new byte[8_192];
            try (from;
                    onto) {
                InputStream in = from.getInputStream();
                OutputStream out = onto.getOutputStream();
                for (int n = in.read(some); n >= 0; n = in.read(some)) {
                    if (!silent) {
                        out.write(some, 0, n);
                    }
                }
            } catch (IOException e) {
                // One end has gone: so does the other.
            }
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Nothing comes through any more on what is connected by now; nobody is told. */
    public void fallSilent() {
        lines.forEach(line -> line.silent = true);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Line line = new Line(server.accept(), new Socket(InetAddress.getLoopbackAddress(), to));
                lines.add(line);
                Thread.startVirtualThread(() -> line.carry(line.client, line.server));
                Thread.startVirtualThread(() -> line.carry(line.server, line.client));
            } catch (IOException e) {
                // Closed, or the server is away: whoever connected finds out.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Line line : lines) {
            line.client.close();
            line.server.close();
        }
    }
}
