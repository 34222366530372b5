package fr.tambour.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A client that speaks HTTP/2 frame by frame (RFC 9113), and so may misbehave. Header blocks are written and read by Netty.
 * It opens no windows by itself.
 */
public final class Http2Line implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RESET = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    public static final int CANCEL = 8;
    public static final int REFUSED_STREAM = 7;
    public static final int ENHANCE_YOUR_CALM = 11;

    private static final int INITIAL_WINDOW = 4;
    private static final int ACK = 1;
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Answer> answers = new HashMap<>();
    private int lastStream = -1;
    private int goneAway = -1;
    private volatile boolean ended;

    /** What has come on one stream so far. */
    public static final class Answer {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final Map<String, String> fields = new HashMap<>();
        private boolean ended;
        private int reset = -1;

        public int status() {
            return Integer.parseInt(fields.getOrDefault(":status", "0"));
        }

        public Map<String, String> fields() {
            return fields;
        }

        public byte[] bytes() {
            return body.toByteArray();
        }

        public String text() {
            return body.toString(StandardCharsets.UTF_8);
        }

        public boolean isEnded() {
            return ended;
        }

        /** The code it was reset with, -1 if it was not. */
        public int reset() {
            return reset;
        }
    }

    /** By prior knowledge, in the clear. */
    public static Http2Line to(int port) {
        return from("127.0.0.1", port, 65_535);
    }

    /** @param window what each stream may be sent before it is asked for more */
    public static Http2Line from(String address, int port, int window) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(16_384);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MS);
            return over(socket, window);
        } catch (IOException e) {
            throw new IllegalStateException("No connection from " + address, e);
        }
    }

    /** @param socket for TLS, one that has negotiated h2 */
    public static Http2Line over(Socket socket, int window) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        Http2Line line = new Http2Line(socket);
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        line.frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort((short) INITIAL_WINDOW)
                        .putInt(window)
                        .array());
        return line;
    }

    private Http2Line(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public synchronized void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        socket.getOutputStream().write(frame.array());
    }

    public void windowUpdate(int stream, int bytes) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    public void reset(int stream) throws IOException {
        frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /** A header block. @param fields names and values, in lower case; pseudo-header fields as well */
    public byte[] block(int stream, String... fields) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers, block);
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        return bytes;
    }

    public int nextStream() {
        lastStream += 2;
        return lastStream;
    }

    /** Asks, and returns the stream. */
    public int get(String host, String path, String... more) throws IOException {
        return ask("GET", host, path, true, more);
    }

    /** @param whole whether nothing follows */
    public int ask(String method, String host, String path, boolean whole, String... more) throws IOException {
        String[] fields = new String[8 + more.length];
        System.arraycopy(
                new String[] {":method", method, ":scheme", "http", ":authority", host, ":path", path},
                0,
                fields,
                0,
                8);
        System.arraycopy(more, 0, fields, 8, more.length);
        int stream = nextStream();
        frame(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, block(stream, fields));
        return stream;
    }

    /** Reads until the stream is answered, reset, or the connection over. */
    public Answer answer(int stream) throws IOException {
        return until(stream, answer -> false);
    }

    /** Reads until its header fields are there. */
    public Answer begun(int stream) throws IOException {
        return until(stream, answer -> answer.fields.containsKey(":status"));
    }

    /** Reads until what has come fits, or no more will. */
    public Answer until(int stream, Predicate<Answer> fits) throws IOException {
        Answer answer = answers.computeIfAbsent(stream, id -> new Answer());
        while (!answer.ended && answer.reset < 0 && !ended && !fits.test(answer)) {
            read();
        }
        return answer;
    }

    /** Reads to the end of the connection, and returns the code of its GOAWAY, or -1. */
    public int goAway() throws IOException {
        while (!ended) {
            read();
        }
        return goneAway;
    }

    public boolean isOver() {
        return ended;
    }

    private void read() throws IOException {
        try {
            int size = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            byte[] payload = in.readNBytes(size);
            take(type, flags, stream, payload);
        } catch (EOFException | SocketException e) {
            ended = true;
        }
    }

    private void take(int type, int flags, int stream, byte[] payload) throws IOException {
        Answer answer = answers.computeIfAbsent(stream, id -> new Answer());
        switch (type) {
            case DATA -> answer.body.write(payload);
            case HEADERS ->
                headers(stream, payload)
                        .forEach(field -> answer.fields.merge(
                                field.getKey().toString(),
                                field.getValue().toString(),
                                (one, other) -> one + ", " + other));
            case RESET -> answer.reset = ByteBuffer.wrap(payload).getInt();
            case GOAWAY -> goneAway = ByteBuffer.wrap(payload, 4, 4).getInt();
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    acknowledge();
                }
            }
            default -> {}
        }
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
            answer.ended = true;
        }
    }

    private void acknowledge() {
        try {
            frame(SETTINGS, ACK, 0, new byte[0]);
        } catch (IOException e) {
            // It is over; what was said before is still read.
        }
    }

    private Http2Headers headers(int stream, byte[] block) {
        try {
            return decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            ended = true;
        }
    }
}
