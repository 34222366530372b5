package fr.tambour.live;

import fr.tambour.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Streams that open and say nothing by themselves, as where something in between keeps what it gets. */
final class HeldStreams implements AutoCloseable {

    private static final String BEGINNING = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

    private final ServerSocket server;
    private final List<Socket> opened = new CopyOnWriteArrayList<>();

    private HeldStreams() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    static HeldStreams start() throws IOException {
        HeldStreams streams = new HeldStreams();
        Thread.ofVirtual().start(streams::accept);
        return streams;
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int opened() {
        return opened.size();
    }

    private void accept() {
        try {
            for (; ; ) {
                Socket socket = server.accept();
                write(socket, BEGINNING);
                opened.add(socket);
            }
        } catch (IOException e) {
            // As when it is closed.
        }
    }

    /** On the last that was opened. */
    void say(String text) throws IOException {
        Await.until(() -> !opened.isEmpty());
        write(opened.getLast(), text);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : opened) {
            socket.close();
        }
    }
}
