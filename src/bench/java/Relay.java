import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries bytes between ports of this machine, each way after a while, or takes them and never answers. What it does can
 * change between two measurements; connections that stand end with that.
 */
final class Relay implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int WAITING = 4_096;

    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;

    private record Chunk(byte[] bytes, long due) {}

    /** @param ways each {@code FROM=TO} */
    Relay(String... ways) throws IOException {
        for (String way : ways) {
            int[] ports =
                    Arrays.stream(way.split("=")).mapToInt(Integer::parseInt).toArray();
            ServerSocket door = new ServerSocket(ports[0], 1_024, InetAddress.getLoopbackAddress());
            doors.add(door);
            Thread.ofVirtual().start(() -> serve(door, ports[1]));
        }
    }

    void delays(Duration each) {
        silent = false;
        delay = each;
        hangUp();
    }

    void fallsSilent() {
        silent = true;
        hangUp();
    }

    private void hangUp() {
        open.forEach(Relay::closed);
        open.clear();
    }

    private void serve(ServerSocket door, int to) {
        while (!door.isClosed()) {
            try {
                Socket here = door.accept();
                open.add(here);
                if (silent) {
                    continue;
                }
                Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
                open.add(there);
                carry(here, there);
                carry(there, here);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        BlockingQueue<Chunk> onTheirWay = new ArrayBlockingQueue<>(WAITING);
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[CHUNK];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    onTheirWay.put(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delay.toNanos()));
                }
            } catch (IOException | InterruptedException e) {
                // Hung up.
            } finally {
                closed(from);
                closed(to);
            }
        });
        Thread.ofVirtual().start(() -> {
            try {
                while (!to.isClosed()) {
                    Chunk next = onTheirWay.take();
                    long early = next.due() - System.nanoTime();
                    if (early > 0) {
                        Thread.sleep(Duration.ofNanos(early));
                    }
                    out.write(next.bytes());
                }
            } catch (IOException | InterruptedException e) {
                closed(to);
            }
        });
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket door : doors) {
            door.close();
        }
        hangUp();
    }
}
