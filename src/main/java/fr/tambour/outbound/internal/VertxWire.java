package fr.tambour.outbound.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.tambour.outbound.OutboundAnswer;
import fr.tambour.outbound.OutboundRequest;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/2 where the other side speaks it, HTTP/1.1 elsewhere; one pool of connections for each name at each address. */
final class VertxWire implements Wire {

    private static final Logger log = LoggerFactory.getLogger(VertxWire.class);

    /** At once on one connection, however many more the other side would take. */
    private static final int MULTIPLEXED = 1_024;

    /** How much of a body another side may send before we have read: one frame. */
    private static final int WINDOW = 16_384;

    /** Of headers; a page of messages differs in none of them. */
    private static final int TEXTS = 1_000;

    private static final int IDLE_SECONDS = 60;
    private static final int CLOSING_SECONDS = 5;
    private static final long SWEEP_MS = 250;

    private final Vertx vertx;
    private final HttpClientAgent client;

    /** For this machine alone, for tests: HTTP/1.1, since whoever waits for an upgrade to HTTP/2 finds no place any more. */
    private final HttpClientAgent plain;

    private final Loops loops;
    private final Cache<String, CharSequence> texts =
            Caffeine.newBuilder().maximumSize(TEXTS).build();
    private final Limits limits;
    private final Heard heard;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

    private VertxWire(Vertx vertx, HttpClientAgent client, HttpClientAgent plain, Limits limits, Heard heard) {
        this.vertx = vertx;
        this.client = client;
        this.plain = plain;
        this.loops = Loops.of(vertx);
        this.limits = limits;
        this.heard = heard;
        vertx.setPeriodic(Math.min(SWEEP_MS, limits.answer().toMillis()), _ -> sweep());
    }

    /** @param ca certificates that are trusted beside the public authorities' */
    static VertxWire open(@Nullable Path ca, Limits limits) {
        TrustOptions trust = TrustOptions.wrap(Trust.of(ca));
        Heard heard = new Heard();
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(Loops.COUNT)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setUseDaemonThread(true)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .build();
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(trust)
                .setVerifyHost(true)
                .setConnectTimeout((int) limits.connect().toMillis())
                .setSslHandshakeTimeout(limits.connect().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2MultiplexingLimit(MULTIPLEXED)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setInitialWindowSize(WINDOW))
                .setHttp2KeepAliveTimeout(IDLE_SECONDS)
                .setKeepAliveTimeout(IDLE_SECONDS);
        boolean boring = OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable();
        options.setSslEngineOptions(new TimedTls(
                boring ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions(), limits.connect(), heard::stands));
        log.info("What leaves for push services is carried by {}", boring ? "BoringSSL" : "the TLS of this Java");
        HttpClientOptions plain = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) limits.connect().toMillis())
                .setKeepAliveTimeout(IDLE_SECONDS);
        return new VertxWire(
                vertx, client(vertx, options, heard, limits), client(vertx, plain, heard, limits), limits, heard);
    }

    private static HttpClientAgent client(Vertx vertx, HttpClientOptions options, Heard heard, Limits limits) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(limits.http1Connections())
                        .setHttp2MaxSize(limits.http2Connections())
                        .setMaxWaitQueueSize(limits.waiting()))
                .withConnectHandler(connection -> begins(connection, heard, limits))
                .build();
    }

    @Override
    public void post(
            Target.Callable target,
            InetAddress address,
            OutboundRequest request,
            long deadline,
            Consumer<OutboundAnswer> answer) {
        Exchange exchange = new Exchange(
                heard, limits, deadline, again -> send(target, address, request, again), answer, open::remove);
        open.add(exchange);
        loops.of(target.host(), target.port()).hand(() -> send(target, address, request, exchange));
    }

    private void send(Target.Callable target, InetAddress address, OutboundRequest request, Exchange exchange) {
        try {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setSsl(target.tls())
                    .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                    .setHost(target.host())
                    .setPort(target.port())
                    .setURI(target.path())
                    .setFollowRedirects(false)
                    // Counts until there is a place on a connection, whether it has to be made or waited for.
                    .setConnectTimeout(Math.max(1, exchange.patienceForAPlace().toMillis()));
            request.headers().forEach((name, value) -> options.putHeader(text(name), text(value)));
            Buffer body = Buffer.buffer(request.body());
            (target.tls() ? client : plain)
                    .request(options)
                    .onComplete(sending -> exchange.leaves(sending, body), exchange::neverLeft);
        } catch (RuntimeException e) {
            exchange.neverLeft(e);
        }
    }

    /** The same object for the same header time and again, so that HPACK (RFC 7541) knows it without reading it. */
    private CharSequence text(String header) {
        return texts.get(header, HttpHeaders::createOptimized);
    }

    /** One that says it goes is let go once what it still looks at is answered, or has had the time to be. */
    private static void begins(HttpConnection connection, Heard heard, Limits limits) {
        heard.begins(connection);
        // Each request is told of it; without this a line of the log as well, as many as the other side likes.
        connection.exceptionHandler(_ -> {});
        // Of HTTP/1.1 there is no window, and nothing of this sort is ever said.
        if (connection.getWindowSize() != -1) {
            connection.goAwayHandler(said -> {
                heard.goesAway(connection, said);
                connection.shutdown(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
            });
        }
    }

    @Override
    public int underWay() {
        return open.size();
    }

    @Override
    public int connections() {
        return heard.connections();
    }

    private void sweep() {
        long now = System.nanoTime();
        open.forEach(exchange -> exchange.expire(now));
    }

    @Override
    public void close() {
        try {
            plain.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
            client.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The connections to push services did not close in order: {}", e.toString());
        } finally {
            open.forEach(Exchange::stop);
        }
    }
}
