package fr.tambour.outbound.internal;

import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundRequest;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/2 where the other side speaks it, HTTP/1.1 elsewhere; some connections for each name at its addresses. */
final class NettyWire implements Wire {

    private static final Logger log = LoggerFactory.getLogger(NettyWire.class);

    private static final int CLOSING_SECONDS = 5;
    private static final long SWEEP_MS = 250;

    /** Bytes of ours that a connection has not taken yet, from which on no more leaves over it. */
    private static final WriteBufferWaterMark UNTAKEN = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** Writes that leave together at most. */
    private static final int TOGETHER = 256;

    private final EventLoopGroup group;
    private final Loops loops;
    private final SslContext tls;
    private final Limits limits;
    private final InstantSource clock;
    private final ChannelFactory<? extends Channel> sockets;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean stopping;

    private NettyWire(SslContext tls, Limits limits, InstantSource clock, ChannelFactory<? extends Channel> sockets) {
        this.tls = tls;
        this.limits = limits;
        this.clock = clock;
        this.sockets = sockets;
        this.group = new MultiThreadIoEventLoopGroup(
                Loops.COUNT, new DefaultThreadFactory("outbound", true), NioIoHandler.newFactory());
        this.loops = Loops.of(group);
        long sweep = Math.min(SWEEP_MS, limits.answer().toMillis());
        for (Loops.Loop loop : loops.all()) {
            var unused = loop.thread().scheduleWithFixedDelay(() -> sweep(loop), sweep, sweep, TimeUnit.MILLISECONDS);
        }
    }

    /** @param ca certificates that are trusted beside the public authorities' */
    static NettyWire open(@Nullable Path ca, Limits limits, InstantSource clock) {
        return open(ca, limits, clock, NioSocketChannel::new);
    }

    /** @param sockets not connected yet; may throw where the system has none left */
    static NettyWire open(
            @Nullable Path ca, Limits limits, InstantSource clock, ChannelFactory<? extends Channel> sockets) {
        boolean boring = OpenSsl.isAvailable() && SslProvider.isAlpnSupported(SslProvider.OPENSSL);
        try {
            SslContext tls = SslContextBuilder.forClient()
                    .sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK)
                    .trustManager(Trust.of(ca))
                    .endpointIdentificationAlgorithm("HTTPS")
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
            log.info("What leaves for push services is carried by {}", boring ? "BoringSSL" : "the TLS of this Java");
            return new NettyWire(tls, limits, clock, sockets);
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be spoken; nothing can be sent", e);
        }
    }

    @Override
    public void post(
            Target.Callable target,
            List<InetAddress> addresses,
            OutboundRequest request,
            long deadline,
            Consumer<OutboundAnswer> answer) {
        underWay.incrementAndGet();
        Exchange exchange = new Exchange(target.path(), request, limits, deadline, told -> {
            underWay.decrementAndGet();
            answer.accept(told);
        });
        Loops.Loop loop = loops.of(target.host(), target.port());
        Origin.Key key = new Origin.Key(target.tls(), target.host(), target.port(), addresses);
        try {
            loop.hand(() -> {
                if (stopping) {
                    exchange.neverLeft(OutboundAnswer.STOPPING);
                } else {
                    origin(loop, key).post(exchange);
                }
            });
        } catch (RejectedExecutionException e) {
            loop.finish();
        }
    }

    private Origin origin(Loops.Loop loop, Origin.Key key) {
        return loop.origins()
                .computeIfAbsent(
                        key,
                        unknown -> new Origin(
                                unknown,
                                limits,
                                clock,
                                (origin, opening) -> connect(loop, origin, opening),
                                () -> loop.origins().remove(unknown)));
    }

    private void connect(Loops.Loop loop, Origin origin, Origin.Opening opening) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop.thread())
                .channelFactory(sockets)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.max(1, opening.patience().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNTAKEN)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel.pipeline(), origin, opening);
                    }
                })
                .connect(new InetSocketAddress(opening.address(), origin.key().port()));
        Channel channel = connecting.channel();
        if (!channel.isRegistered() && connecting.cause() != null) {
            // No socket could be made, so there is none to be closed.
            opening.fails(connecting.cause());
            loop.thread().execute(opening::ends);
            return;
        }
        opening.begins(channel);
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                opening.fails(connected.cause());
                channel.close();
            }
        });
        connections.incrementAndGet();
        // Whoever shakes hands and then never says a word would else hold the connection, and its place, for ever.
        ScheduledFuture<?> tooLate = loop.thread()
                .schedule(
                        () -> {
                            if (!opening.isReady()) {
                                channel.close();
                            }
                        },
                        opening.left().toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> {
            tooLate.cancel(false);
            connections.decrementAndGet();
            // Not while somebody goes over the connections.
            loop.thread().execute(() -> {
                if (!opening.isReady() && opening.goesOn()) {
                    connect(loop, origin, opening);
                } else {
                    opening.ends();
                }
            });
        });
    }

    private void prepare(ChannelPipeline pipeline, Origin origin, Origin.Opening opening) {
        if (!origin.key().tls()) {
            // For this machine alone, for tests.
            speakHttp1(pipeline, origin, opening);
            return;
        }
        SslHandler shaking = tls.newHandler(
                pipeline.channel().alloc(), origin.key().host(), origin.key().port());
        shaking.setHandshakeTimeoutMillis(limits.connect().toMillis());
        pipeline.addLast(shaking);
        pipeline.addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
            @Override
            protected void configurePipeline(ChannelHandlerContext ctx, String protocol) throws Exception {
                if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                    ctx.pipeline().addLast(new FlushConsolidationHandler(TOGETHER, true));
                    ctx.pipeline().addLast(new Http2Link(origin, opening));
                } else {
                    speakHttp1(ctx.pipeline(), origin, opening);
                }
            }

            @Override
            protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                opening.fails(cause);
                ctx.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                handshakeFailure(ctx, cause);
            }
        });
    }

    private static void speakHttp1(ChannelPipeline pipeline, Origin origin, Origin.Opening opening) {
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(new Http1Link(origin, opening));
    }

    private static void sweep(Loops.Loop loop) {
        long now = System.nanoTime();
        loop.each(origin -> {
            try {
                origin.sweep(now);
            } catch (RuntimeException | Error e) {
                // Let out, nobody would ever look at the clock for this thread's requests again.
                log.error(
                        "What has become overdue at {} is looked for again",
                        origin.key().host(),
                        e);
            }
        });
    }

    @Override
    public int underWay() {
        return underWay.get();
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        stopping = true;
        for (Loops.Loop loop : loops.all()) {
            loop.thread().execute(() -> loop.each(origin -> origin.stop(OutboundAnswer.STOPPING)));
        }
        group.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2L * CLOSING_SECONDS, TimeUnit.SECONDS);
        loops.all().forEach(Loops.Loop::finish);
    }
}
