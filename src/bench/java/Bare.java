import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that has to be done to tell many servers: signs each request natively and posts it over a connection of its own,
 * some hundreds at once. No queue, no database, no guard, nobody tried again.
 */
final class Bare implements AutoCloseable {

    private static final int AT_ONCE = 500;
    private static final int BODY = 2_000;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Provider provider;
    private final PrivateKey key;
    private final byte[] body = "x".repeat(BODY).getBytes(StandardCharsets.UTF_8);
    private final String digest;
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ExecutorService signing = Executors.newFixedThreadPool(processors);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(processors, NioIoHandler.newFactory());

    Bare() throws Exception {
        provider = (Provider) Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                .getField("INSTANCE")
                .get(null);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(2048);
        key = generator.generateKeyPair().getPrivate();
        digest = "SHA-256="
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    }

    /** To the shared inboxes of so many hosts, once each: answers of 202 a second. */
    double rate(int hosts, int port) throws InterruptedException {
        long began = System.nanoTime();
        CountDownLatch open = new CountDownLatch(hosts);
        AtomicInteger taken = new AtomicInteger();
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = 0; i < hosts; i++) {
            String host = Fediverse.host(i);
            room.acquire();
            signing.execute(() -> post(host, port, status -> {
                if (status == 202) {
                    taken.incrementAndGet();
                }
                room.release();
                open.countDown();
            }));
        }
        open.await();
        if (taken.get() != hosts) {
            throw new IllegalStateException(taken + " of " + hosts + " were taken");
        }
        return hosts / ((System.nanoTime() - began) / 1e9);
    }

    private interface Answer {
        void is(int status);
    }

    private void post(String host, int port, Answer answer) {
        try {
            String authority = host + ":" + port;
            String date = HTTP_DATE.format(Instant.now());
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(key);
            signature.update("""
                    (request-target): post /inbox
                    host: %s
                    date: %s
                    digest: %s
                    content-type: application/activity+json""".formatted(authority, date, digest).getBytes(StandardCharsets.UTF_8));
            String signed = Base64.getEncoder().encodeToString(signature.sign());
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, "/inbox", Unpooled.wrappedBuffer(body));
            request.headers()
                    .set("Host", authority)
                    .set("Date", date)
                    .set("Digest", digest)
                    .set("Content-Type", "application/activity+json")
                    .set("Content-Length", BODY)
                    .set(
                            "Signature",
                            "keyId=\"http://localhost/@ville#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target)"
                                    + " host date digest content-type\",signature=\"" + signed + "\"");
            new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new HttpClientCodec(), new Exchange(request, answer));
                        }
                    })
                    .connect(new InetSocketAddress(InetAddress.getByName(host), port))
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            answer.is(0);
                        }
                    });
        } catch (Exception e) {
            e.printStackTrace();
            answer.is(0);
        }
    }

    /** One request over a connection of its own. */
    private static final class Exchange extends SimpleChannelInboundHandler<HttpObject> {

        private final DefaultFullHttpRequest request;
        private final Answer answer;
        private int status;

        Exchange(DefaultFullHttpRequest request, Answer answer) {
            this.request = request;
            this.answer = answer;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(request, ctx.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
            if (part instanceof HttpResponse response) {
                status = response.status().code();
            }
            if (part instanceof LastHttpContent) {
                answer.is(status);
                ctx.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            cause.printStackTrace();
            ctx.close();
        }
    }

    @Override
    public void close() {
        signing.shutdown();
        loops.shutdownGracefully();
    }
}
