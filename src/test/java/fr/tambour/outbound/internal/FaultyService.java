package fr.tambour.outbound.internal;

import fr.tambour.testing.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A push service in this JVM, behind TLS, that does as the test wants. */
public final class FaultyService implements AutoCloseable {

    /** Which every certificate here is for. */
    public static final String HOST = "push.example";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;

    private FaultyService(Listening listening) {
        this.port = listening.on(vertx, connections);
    }

    private interface Listening {
        int on(Vertx vertx, AtomicInteger connections);
    }

    /**
     * Speaks HTTP/2, or HTTP/1.1 to who wants it.
     *
     * @param streams it takes so many at once on one connection
     * @param answering is handed each request as soon as all of it has come
     */
    public static FaultyService http(Pem pem, int streams, Consumer<HttpServerRequest> answering) {
        return withBodies(pem, streams, (request, body) -> answering.accept(request));
    }

    /** @param answering is handed what came with it as well */
    public static FaultyService withBodies(Pem pem, int streams, BiConsumer<HttpServerRequest, Buffer> answering) {
        return new FaultyService((vertx, connections) -> listening(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(streams))
                        .setHttp2RstFloodMaxRstFramePerWindow(100_000)
                        .setKeyCertOptions(files(pem)))
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(closed -> connections.decrementAndGet());
                })
                .requestHandler(request -> request.body().onSuccess(body -> answering.accept(request, body)))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(server -> server.actualPort())));
    }

    /** What says as much of HTTP as the test writes. */
    public static FaultyService raw(Pem pem, String protocol, Consumer<NetSocket> talking) {
        NetServerOptions options =
                new NetServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(files(pem));
        options.getSslOptions().setApplicationLayerProtocols(List.of(protocol));
        return raw(options, talking);
    }

    /** Takes connections and never says a word, not even of TLS. */
    public static FaultyService mute() {
        return raw(new NetServerOptions(), socket -> {});
    }

    private static FaultyService raw(NetServerOptions options, Consumer<NetSocket> talking) {
        return new FaultyService((vertx, connections) ->
                listening(vertx.createNetServer(options.setHost("127.0.0.1").setPort(0))
                        .connectHandler(socket -> {
                            connections.incrementAndGet();
                            socket.closeHandler(closed -> connections.decrementAndGet());
                            socket.exceptionHandler(failure -> {});
                            talking.accept(socket);
                        })
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .thenApply(server -> server.actualPort())));
    }

    private static PemKeyCertOptions files(Pem pem) {
        return new PemKeyCertOptions()
                .setCertPath(pem.certificate().toString())
                .setKeyPath(pem.key().toString());
    }

    private static int listening(CompletableFuture<Integer> port) {
        return port.orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Writes for as long as anybody takes it. */
    public static void withoutEnd(HttpServerResponse response, AtomicInteger written) {
        Buffer part = Buffer.buffer(new byte[8_192]);
        response.setChunked(true);
        response.exceptionHandler(failure -> {});
        response.drainHandler(drained -> more(response, part, written));
        more(response, part, written);
    }

    private static void more(HttpServerResponse response, Buffer part, AtomicInteger written) {
        while (!response.closed() && !response.ended() && !response.writeQueueFull()) {
            written.addAndGet(part.length());
            response.write(part);
        }
    }

    public String address(String path) {
        return "https://" + HOST + ":" + port + path;
    }

    /** Connections that its clients have not closed. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
