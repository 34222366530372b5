package fr.tambour.storage.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Lines on which it is found out within a minute that the machine at the other end is gone, also while one waits for what it
 * is working at. The driver of PostgreSQL makes it by its name.
 */
public class KeptAlive extends SocketFactory {

    private static final int IDLE_S = 30;
    private static final int BETWEEN_PROBES_S = 10;
    private static final int PROBES = 3;

    @Override
    public Socket createSocket() throws IOException {
        return kept(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return kept(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return kept(new Socket(host, port, from, fromPort));
    }

    private static Socket kept(Socket socket) throws IOException {
        set(socket, StandardSocketOptions.SO_KEEPALIVE, true);
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_S);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_PROBES_S);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        return socket;
    }

    /** Not every system can be told. */
    private static <T> void set(Socket socket, SocketOption<T> option, T value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
