import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Many open event streams, in a process of their own, on one thread. The last line is the figure.
 *
 * <pre>
 * java Streams.java first|warm|burst STREAMS TIMES TAMBOUR AUTHOR APPROVER NCHAN REHEARSAL
 *                                                                  times nchan's speed
 * java Streams.java hold STREAMS TAMBOUR                          holds them until the input ends
 * </pre>
 */
final class Streams implements AutoCloseable {

    private static final byte[] MARK = "data: {".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BURST = 20;
    private static final int WARM = 5;
    private static final int REHEARSED = 10;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
    private long marks;
    private int answered;

    private static final class State {
        int mark;
        int head;
        boolean open;
    }

    private Streams() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        int streams = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("hold")) {
            try (Streams held = new Streams()) {
                held.open(streams, URI.create(arguments[2] + "/direct"));
                System.out.println("open");
                Thread input = Thread.ofPlatform().daemon().start(Streams::untilItEnds);
                // An open page reads its heartbeats.
                while (input.isAlive()) {
                    held.drain(200);
                }
            }
            return;
        }
        int events = arguments[0].equals("burst") ? BURST : 1;
        int warm = arguments[0].equals("first") ? 0 : WARM;
        int times = arguments[0].equals("first") ? 1 : Integer.parseInt(arguments[2]);
        Desk desk = new Desk(arguments[3], arguments[4], arguments[5]);
        // What this process has not yet compiled would count for whoever comes first.
        measure(streams, REHEARSED, 0, events, URI.create(arguments[7] + "/sub"), new Nchan(arguments[7] + "/pub"));
        double ours = median(measure(streams, warm, times, events, URI.create(arguments[3] + "/direct"), () -> {
            String approval = desk.submitted("Mesure " + System.nanoTime());
            return () -> desk.release(approval);
        }));
        double theirs = median(measure(
                streams, warm, times, events, URI.create(arguments[6] + "/sub"), new Nchan(arguments[6] + "/pub")));
        System.out.printf(
                Locale.ROOT,
                "%d events to %d streams, median: %.0f ms, nchan %.0f ms; %.0f and %.0f events/s%n",
                events,
                streams,
                ours,
                theirs,
                events * streams / ours * 1e3,
                events * streams / theirs * 1e3);
        System.out.printf(Locale.ROOT, "%.2f%n", arguments[0].equals("first") ? ours / theirs : theirs / ours);
    }

    /** Milliseconds from the publishing request to the last receipt. */
    private static List<Double> measure(int streams, int warm, int times, int events, URI at, Publisher publisher)
            throws Exception {
        List<Double> took = new ArrayList<>();
        try (Streams open = new Streams();
                ExecutorService publishing = Executors.newFixedThreadPool(4)) {
            open.open(streams, at);
            for (int round = -warm; round < times; round++) {
                List<Publication> ready = new ArrayList<>();
                for (int i = 0; i < events; i++) {
                    ready.add(publisher.prepare());
                }
                // What came of preparing is none of it.
                open.drain(50);
                open.marks = 0;
                long began = System.nanoTime();
                ready.forEach(one -> publishing.execute(() -> publish(one)));
                open.await((long) events * streams, began);
                if (round >= 0) {
                    took.add((System.nanoTime() - began) / 1e6);
                }
            }
        }
        return took;
    }

    private static void untilItEnds() {
        try {
            System.in.read();
        } catch (IOException e) {
            // It has ended.
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void open(int streams, URI at) throws IOException {
        for (int i = 0; i < streams; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (2 + i % 4)), 0));
            channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), at.getPort()));
            channel.write(ByteBuffer.wrap(("GET " + at.getPath() + " HTTP/1.1\r\nHost: localhost:" + at.getPort()
                            + "\r\nAccept: text/event-stream\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new State());
            channels.add(channel);
            // Not more at once than wait to be accepted.
            if (i % 100 == 99) {
                drain(1);
            }
        }
        long began = System.nanoTime();
        while (answered < streams) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new IllegalStateException(answered + " of " + streams + " streams were opened");
            }
            drain(10);
        }
    }

    private void await(long expected, long began) throws IOException {
        while (marks < expected) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new IllegalStateException(marks + " of " + expected + " events came");
            }
            drain(10);
        }
    }

    private void drain(long millis) throws IOException {
        selector.select(
                key -> {
                    try {
                        bytes.clear();
                        if (((SocketChannel) key.channel()).read(bytes) < 0) {
                            throw new IllegalStateException("A stream ended");
                        }
                        count((State) key.attachment(), bytes.flip());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                millis);
    }

    private void count(State state, ByteBuffer read) {
        while (read.hasRemaining()) {
            byte one = read.get();
            if (!state.open) {
                state.head = one == HEAD_END[state.head] ? state.head + 1 : one == HEAD_END[0] ? 1 : 0;
                if (state.head == HEAD_END.length) {
                    state.open = true;
                    answered++;
                }
            } else {
                state.mark = one == MARK[state.mark] ? state.mark + 1 : one == MARK[0] ? 1 : 0;
                if (state.mark == MARK.length) {
                    state.mark = 0;
                    marks++;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }

    /** The last step. */
    private interface Publication {
        void publish() throws IOException, InterruptedException;
    }

    /** What is to be published is made ready first: only the last step is measured. */
    private interface Publisher {
        Publication prepare() throws IOException, InterruptedException;
    }

    private record Nchan(String at) implements Publisher {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        @Override
        public Publication prepare() {
            HttpRequest request = HttpRequest.newBuilder(URI.create(at))
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    "{\"step\":\"published\",\"emergency\":false,\"notice\":\"0kz4q3c8x0e1f\",\"at\":\"2026-11-28T10:00:00Z\"}"))
                    .build();
            return () -> {
                HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new IllegalStateException(answer.statusCode() + " " + answer.body());
                }
            };
        }
    }

    private static void publish(Publication one) {
        try {
            one.publish();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
