package fr.tambour.outbound.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 (RFC 9113), of which we use what a client needs that posts small bodies. */
final class Http2Link extends ByteToMessageDecoder implements Http2FrameListener, Link {

    /** At once on one connection, however many more the other side would take. */
    private static final int MULTIPLEXED = 1_024;

    /** How much of an answer's body another side may send that we have not read: one frame. */
    private static final int ANSWER_WINDOW = 16_384;

    /** A frame's body that everybody must take (section 4.2). */
    private static final int FRAME = Http2CodecUtil.DEFAULT_MAX_FRAME_SIZE;

    /** To questions about the connection itself, which the other side has not taken yet. */
    private static final int MOST_REPLIES = 1_000;

    private static final short HEADERS_END = new Http2Flags().endOfHeaders(true).value();
    private static final short STREAM_ENDS = new Http2Flags().endOfStream(true).value();

    private final Origin origin;
    private final Origin.Opening opening;
    private final HeaderBlocks blocks;
    private final Http2FrameReader reader = new DefaultHttp2FrameReader();
    private final Http2FrameWriter writer = new DefaultHttp2FrameWriter();
    private final IntObjectMap<Stream> streams = new IntObjectHashMap<>();

    private @Nullable ChannelHandlerContext context;
    private int next = 1;
    private int most = MULTIPLEXED;
    private int window = Http2CodecUtil.DEFAULT_WINDOW_SIZE;
    private int windowOfStreams = Http2CodecUtil.DEFAULT_WINDOW_SIZE;

    /** How many streams' bodies wait for a window. */
    private int held;

    private int read;
    private int replies;
    private boolean written;

    /** The last stream that the other side still looks at; all of them until it says that it goes away. */
    private int last = Integer.MAX_VALUE;

    private boolean closing;
    private boolean leaving;
    private long leavingSince;
    private long heardAt = System.nanoTime();
    private long idleSince = heardAt;

    private static final class Stream {

        private final int id;
        private final Exchange exchange;
        private int window;
        private int sent;
        private int read;

        Stream(int id, Exchange exchange, int window) {
            this.id = id;
            this.exchange = exchange;
            this.window = window;
        }

        byte[] body() {
            return exchange.request().body();
        }

        boolean isSent() {
            return sent == body().length;
        }
    }

    Http2Link(Origin origin, Origin.Opening opening) throws Http2Exception {
        this.origin = origin;
        this.opening = opening;
        this.blocks = new HeaderBlocks(origin.key().authority());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.write(Http2CodecUtil.connectionPrefaceBuf());
        Http2Settings settings = new Http2Settings().pushEnabled(false).initialWindowSize(ANSWER_WINDOW);
        writer.writeSettings(ctx, settings, ctx.newPromise());
        ctx.flush();
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    @Override
    public boolean hasRoom(Exchange exchange) {
        return stays()
                && streams.size() < most
                && window >= Math.min(exchange.request().body().length, FRAME)
                && context().channel().isWritable();
    }

    @Override
    public boolean stays() {
        return !closing && !leaving && next > 0 && context().channel().isActive();
    }

    @Override
    public void send(Exchange exchange) {
        ByteBuf out = context()
                .alloc()
                .buffer(2 * Http2CodecUtil.FRAME_HEADER_LENGTH
                        + 1_024
                        + exchange.request().body().length);
        Stream stream = new Stream(next, exchange, windowOfStreams);
        try {
            headers(stream, out);
            body(stream, out);
        } catch (Http2Exception e) {
            out.release();
            exchange.neverLeft("its headers could not be written");
            close();
            return;
        } catch (RuntimeException | Error e) {
            // Nothing is written, but what the next headers may count on nobody knows.
            out.release();
            close();
            throw e;
        }
        next += 2;
        streams.put(stream.id, stream);
        exchange.leaves();
        write(out);
        if (!stream.isSent()) {
            held++;
        }
    }

    private void headers(Stream stream, ByteBuf out) throws Http2Exception {
        out.writeZero(Http2CodecUtil.FRAME_HEADER_LENGTH);
        blocks.write(out, stream.exchange.path(), stream.exchange.request());
        int length = out.readableBytes() - Http2CodecUtil.FRAME_HEADER_LENGTH;
        out.setMedium(0, length);
        out.setByte(3, Http2FrameTypes.HEADERS);
        out.setByte(4, HEADERS_END);
        out.setInt(5, stream.id);
    }

    /** As much of the body as may leave now. */
    private void body(Stream stream, ByteBuf out) {
        do {
            int part = Math.min(Math.min(stream.body().length - stream.sent, FRAME), Math.min(window, stream.window));
            if (part <= 0 && stream.body().length > 0) {
                return;
            }
            window -= part;
            stream.window -= part;
            boolean ends = stream.sent + part == stream.body().length;
            out.writeMedium(part);
            out.writeByte(Http2FrameTypes.DATA);
            out.writeByte(ends ? STREAM_ENDS : 0);
            out.writeInt(stream.id);
            out.writeBytes(stream.body(), stream.sent, part);
            stream.sent += part;
        } while (!stream.isSent());
    }

    private void write(ByteBuf out) {
        context().write(out, context().voidPromise());
        written = true;
    }

    @Override
    public void flush() {
        if (written) {
            written = false;
            context().flush();
        }
    }

    /** A window opened: what has waited for it too long, or is wanted no more, is given up, half sent as it is. */
    private void goOn() {
        if (held == 0) {
            return;
        }
        Instant now = origin.now();
        List<Stream> tooLate = new ArrayList<>();
        List<Stream> recalled = new ArrayList<>();
        for (Stream stream : streams.values()) {
            if (stream.isSent()) {
                continue;
            }
            if (stream.exchange.isTooLate(now)) {
                tooLate.add(stream);
            } else if (!stream.exchange.isWanted()) {
                recalled.add(stream);
            } else if (window > 0 && stream.window > 0) {
                ByteBuf out = context().alloc().buffer();
                body(stream, out);
                write(out);
                if (stream.isSent()) {
                    held--;
                }
            }
        }
        for (Stream stream : tooLate) {
            stream.exchange.expires();
            reset(stream);
        }
        for (Stream stream : recalled) {
            stream.exchange.isRecalled();
            reset(stream);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Http2Exception {
        reader.readFrame(ctx, in, this);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        origin.pump();
        flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        origin.pump();
    }

    /** What is no HTTP/2, or comes as TLS fails. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        opening.fails(cause);
        close();
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean ends)
            throws Http2Exception {
        heardAt = System.nanoTime();
        Stream stream = streams.get(id);
        if (stream == null) {
            return;
        }
        if (!stream.exchange.isAnswered()) {
            int status = status(headers);
            if (status < 200 && !ends) {
                return;
            }
            stream.exchange.answers(status, headers::get);
        }
        if (ends) {
            stream.exchange.ends();
            isOver(stream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean ends)
            throws Http2Exception {
        onHeadersRead(ctx, id, headers, padding, ends);
    }

    private static int status(Http2Headers headers) throws Http2Exception {
        CharSequence status = headers.status();
        if (status != null && status.length() == 3) {
            try {
                return Integer.parseInt(status, 0, 3, 10);
            } catch (NumberFormatException e) {
                // As where there is none.
            }
        }
        throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "an answer without a status");
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean ends)
            throws Http2Exception {
        int taken = data.readableBytes() + padding;
        read += taken;
        if (read >= Http2CodecUtil.DEFAULT_WINDOW_SIZE / 2) {
            writer.writeWindowUpdate(ctx, 0, read, ctx.newPromise());
            written = true;
            read = 0;
        }
        Stream stream = streams.get(id);
        if (stream == null) {
            return taken;
        }
        if (!stream.exchange.isAnswered()) {
            throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a body before its headers");
        }
        if (!stream.exchange.takes(data, ends)) {
            mayGoOn(stream, taken);
        } else if (ends) {
            isOver(stream);
        } else {
            reset(stream);
        }
        return taken;
    }

    /** Its window is opened again by what has been read (RFC 9113 section 6.9), half of it at a time. */
    private void mayGoOn(Stream stream, int taken) {
        stream.read += taken;
        if (stream.read >= ANSWER_WINDOW / 2) {
            writer.writeWindowUpdate(
                    context(), stream.id, stream.read, context().newPromise());
            written = true;
            stream.read = 0;
        }
    }

    /** Nothing more is expected of it. */
    private void isOver(Stream stream) {
        if (stream.isSent()) {
            forget(stream);
        } else {
            reset(stream);
        }
    }

    private void reset(Stream stream) {
        writer.writeRstStream(
                context(), stream.id, Http2Error.CANCEL.code(), context().newPromise());
        written = true;
        forget(stream);
    }

    private void forget(Stream stream) {
        remove(stream);
        if (streams.isEmpty()) {
            idleSince = System.nanoTime();
            if (leaving || next < 0) {
                close();
            }
        }
    }

    private void remove(Stream stream) {
        streams.remove(stream.id);
        if (!stream.isSent()) {
            held--;
        }
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
        heardAt = System.nanoTime();
        Stream stream = streams.get(id);
        if (stream == null) {
            return;
        }
        if (code == Http2Error.REFUSED_STREAM.code()) {
            stream.exchange.isRefused();
        } else {
            stream.exchange.fails("the service gave it up: " + Http2Error.valueOf(code));
        }
        forget(stream);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        Long streamsAtOnce = settings.maxConcurrentStreams();
        if (streamsAtOnce != null) {
            most = (int) Math.min(MULTIPLEXED, streamsAtOnce);
        }
        Integer size = settings.initialWindowSize();
        if (size != null) {
            int more = size - windowOfStreams;
            windowOfStreams = size;
            for (Stream stream : streams.values()) {
                stream.window = sum(stream.window, more);
            }
            goOn();
        }
        writer.writeSettingsAck(ctx, reply(ctx));
        if (!opening.isReady()) {
            opening.carries(this, false);
        }
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) {
        writer.writePing(ctx, true, data, reply(ctx));
    }

    /** Whoever asks on and on and does not read our answers would have us keep them all. */
    private ChannelPromise reply(ChannelHandlerContext ctx) {
        written = true;
        replies++;
        if (replies > MOST_REPLIES) {
            close();
        }
        return ctx.newPromise().addListener(_ -> replies--);
    }

    /** May come twice: first that it will go, then which stream was the last (section 6.8). */
    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int lastStream, long code, ByteBuf debug) {
        last = Math.min(last, lastStream);
        if (!leaving) {
            leaving = true;
            leavingSince = System.nanoTime();
        }
        List<Stream> unheard = new ArrayList<>();
        for (Stream stream : streams.values()) {
            if (stream.id > last) {
                unheard.add(stream);
            }
        }
        // The first that left is to be the first again.
        unheard.sort((one, other) -> Integer.compare(other.id, one.id));
        for (Stream stream : unheard) {
            remove(stream);
            if (stream.exchange.maySendAnew()) {
                origin.sendAnew(stream.exchange);
            }
        }
        if (streams.isEmpty()) {
            close();
        }
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int more) throws Http2Exception {
        if (id == 0) {
            window = sum(window, more);
            goOn();
            return;
        }
        Stream stream = streams.get(id);
        if (stream != null) {
            stream.window = sum(stream.window, more);
            goOn();
        }
    }

    private static int sum(int window, int more) throws Http2Exception {
        long sum = (long) window + more;
        if (sum > Http2CodecUtil.MAX_INITIAL_WINDOW_SIZE) {
            throw Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "a window beyond all bounds");
        }
        return (int) sum;
    }

    @Override
    public void sweep(long now) {
        List<Stream> overdue = new ArrayList<>();
        for (Stream stream : streams.values()) {
            if (stream.exchange.isOverdue(now)) {
                overdue.add(stream);
            }
        }
        boolean dead = false;
        for (Stream stream : overdue) {
            // One that stays silent for all of the time that an answer may take is dead.
            dead |= heardAt - stream.exchange.leftAt() <= 0
                    && now - stream.exchange.leftAt()
                            >= origin.limits().answer().toNanos();
            stream.exchange.fails("no answer in time");
            reset(stream);
        }
        flush();
        if (dead
                || leaving && now - leavingSince >= origin.limits().answer().toNanos()
                || streams.isEmpty() && now - idleSince >= IDLE_NANOS) {
            close();
        }
    }

    @Override
    public void ended() {
        for (Stream stream : streams.values()) {
            stream.exchange.fails("the connection was closed");
        }
        streams.clear();
    }

    @Override
    public void close() {
        // What was written last is waited for, some seconds long.
        closing = true;
        context().close();
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int id, int dependency, short weight, boolean exclusive) {}

    @Override
    public void onSettingsAckRead(ChannelHandlerContext ctx) {}

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {}

    @Override
    public void onPushPromiseRead(ChannelHandlerContext ctx, int id, int promised, Http2Headers headers, int padding)
            throws Http2Exception {
        throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a push that was declined");
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int id, Http2Flags flags, ByteBuf payload) {}
}
