package fr.tambour.kill;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A push service that takes everything, and knows how often each of its phones was told. */
final class PushSink implements AutoCloseable {

    private static final String PATH = "/wpush/";

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final HttpServer server;
    private final AtomicInteger told = new AtomicInteger();
    private volatile AtomicIntegerArray times = new AtomicIntegerArray(1);

    PushSink() {
        server = vertx.createHttpServer().requestHandler(this::taken);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** What the address of each phone begins with; its number follows. */
    String addresses() {
        return "http://127.0.0.1:" + server.actualPort() + PATH;
    }

    private void taken(HttpServerRequest request) {
        request.handler(body -> {});
        request.endHandler(all -> {
            times.incrementAndGet(Integer.parseInt(request.path().substring(PATH.length())));
            told.incrementAndGet();
            request.response().setStatusCode(201).end();
        });
    }

    /** From now on it counts anew, phones 1 to {@code phones}. */
    void countAnew(int phones) {
        times = new AtomicIntegerArray(phones + 1);
        told.set(0);
    }

    int told() {
        return told.get();
    }

    /** How often each was told, the first at 1. */
    AtomicIntegerArray times() {
        return times;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
