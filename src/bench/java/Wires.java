import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** What strangers' servers have to do with as little work as can be, so that what is measured is not theirs. */
final class Wires implements AutoCloseable {

    private static final int AT_ONCE = 48;
    private static final int MOST = 65_536;
    private static final String TYPE = "application/activity+json";
    private static final long AGAIN_MS = 10;

    private final URI inbox;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Channel shown;

    /** What is posted, all of it made beforehand. */
    record Letter(String date, String digest, String signature, byte[] body) {}

    /**
     * @param port where accounts are shown, whatever address of this machine is asked, and answers are taken
     * @param document what an account shows, by its address
     */
    Wires(URI inbox, int port, UnaryOperator<String> document) throws InterruptedException {
        this.inbox = inbox;
        this.shown = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST), new Accounts(document));
                    }
                })
                .bind(port)
                .sync()
                .channel();
    }

    private static final class Accounts extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final UnaryOperator<String> document;

        Accounts(UnaryOperator<String> document) {
            this.document = document;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            boolean post = request.method().equals(HttpMethod.POST);
            ByteBuf body = post
                    ? Unpooled.EMPTY_BUFFER
                    : Unpooled.wrappedBuffer(
                            document.apply("http://" + request.headers().get("Host") + request.uri())
                                    .getBytes(StandardCharsets.UTF_8));
            FullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, post ? HttpResponseStatus.ACCEPTED : HttpResponseStatus.OK, body);
            answer.headers().set("Content-Type", TYPE).setInt("Content-Length", body.readableBytes());
            ctx.writeAndFlush(answer);
        }
    }

    /**
     * Posts them over some connections that stay, each until it is taken.
     *
     * @return how often one was to come later
     */
    int send(List<Letter> letters) throws InterruptedException {
        Sending sending = new Sending(letters);
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, letters.size()); i++) {
            channels.add(new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpClientCodec(),
                                            new HttpObjectAggregator(MOST),
                                            sending.new Connection());
                        }
                    })
                    .connect(new InetSocketAddress("127.0.0.1", inbox.getPort()))
                    .sync()
                    .channel());
        }
        try {
            sending.done.join();
        } finally {
            channels.forEach(Channel::close);
        }
        return sending.later.get();
    }

    private final class Sending {

        private final List<Letter> letters;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger later = new AtomicInteger();
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Sending(List<Letter> letters) {
            this.letters = letters;
        }

        private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {

            private Letter current;

            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                goOn(ctx);
            }

            private void goOn(ChannelHandlerContext ctx) {
                int n = next.getAndIncrement();
                if (n < letters.size()) {
                    current = letters.get(n);
                    post(ctx);
                }
            }

            private void post(ChannelHandlerContext ctx) {
                DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, inbox.getPath(), Unpooled.wrappedBuffer(current.body()));
                request.headers()
                        .set("Host", inbox.getAuthority())
                        .set("Date", current.date())
                        .set("Digest", current.digest())
                        .set("Content-Type", TYPE)
                        .set("Signature", current.signature())
                        .setInt("Content-Length", current.body().length);
                ctx.writeAndFlush(request);
            }

            @Override
            protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse answer) {
                switch (answer.status().code()) {
                    case 202 -> {
                        if (taken.incrementAndGet() == letters.size()) {
                            done.complete(null);
                        }
                        goOn(ctx);
                    }
                    case 503 -> {
                        later.incrementAndGet();
                        ctx.executor().schedule(() -> post(ctx), AGAIN_MS, TimeUnit.MILLISECONDS);
                    }
                    default ->
                        exceptionCaught(
                                ctx,
                                new IllegalStateException(
                                        answer.status() + " " + answer.content().toString(StandardCharsets.UTF_8)));
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                if (!done.isDone()) {
                    exceptionCaught(ctx, new IllegalStateException("A connection was closed."));
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                done.completeExceptionally(cause);
                ctx.close();
            }
        }
    }

    @Override
    public void close() {
        shown.close();
        loops.shutdownGracefully();
    }
}
