package fr.tambour.kill;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomitribe.auth.signatures.Signature;
import org.tomitribe.auth.signatures.Verifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Servers of the fediverse with an inbox each, all of them this machine. They take whatever the town has signed, and know how
 * often each of them was told which activity.
 */
final class InboxSink implements AutoCloseable {

    /** More than a slice, so that two pages are under way at once. */
    static final int INBOXES = 2_600;

    private static final String PATH = "/inbox/";
    private static final String LAST = "/last";

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final HttpServer server;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Told> told = new ConcurrentHashMap<>();
    private volatile @Nullable PublicKey key;

    /** One activity: how many requests brought it, and how often it came to which. */
    record Told(AtomicInteger all, AtomicIntegerArray times) {

        static Told nobody() {
            return new Told(new AtomicInteger(), new AtomicIntegerArray(INBOXES + 1));
        }
    }

    InboxSink() {
        server = vertx.createHttpServer().requestHandler(this::asked);
        // Whatever address of this machine is asked: each inbox is on a host of its own.
        server.listen(0, "0.0.0.0").toCompletionStage().toCompletableFuture().join();
    }

    /** What the address of each inbox has behind its host; its number follows. */
    String behindHost() {
        return ":" + server.actualPort() + PATH;
    }

    /** From now on it believes what is signed with this. */
    void believes(PublicKey key) {
        this.key = key;
    }

    private void asked(HttpServerRequest request) {
        if (request.path().equals(LAST)) {
            request.response().end();
            return;
        }
        request.body().onSuccess(body -> {
            boolean signed = isSigned(request, body);
            if (signed) {
                taken(Integer.parseInt(request.path().substring(PATH.length())), body.getBytes());
            } else {
                refused.add(request.path() + " " + request.headers());
            }
            request.response()
                    .putHeader("connection", "close")
                    .setStatusCode(signed ? 202 : 401)
                    .end();
        });
    }

    private void taken(int inbox, byte[] body) {
        JsonNode activity = JsonMapper.shared().readTree(body);
        Told one = told.computeIfAbsent(
                activity.path("type").asString() + " " + activity.path("id").asString(), none -> Told.nobody());
        one.times().incrementAndGet(inbox);
        one.all().incrementAndGet();
    }

    private boolean isSigned(HttpServerRequest request, Buffer body) {
        PublicKey known = key;
        try {
            MultiMap fields = request.headers();
            Map<String, String> headers = new LinkedHashMap<>();
            fields.forEach(field -> headers.put(field.getKey(), field.getValue()));
            String digest = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
            Signature signature = Signature.fromString(fields.get("Signature"), null);
            return known != null
                    && ("SHA-256=" + digest).equals(fields.get("Digest"))
                    && signature.getHeaders().contains("digest")
                    && new Verifier(known, signature).verify("post", request.path(), headers);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    /** Whoever wrote to it is dead: what lay in its sockets by then is counted once it has answered what was asked behind that. */
    void readAll() throws IOException, InterruptedException {
        HttpRequest last = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + LAST))
                .build();
        for (int i = 0; i < 10; i++) {
            try (HttpClient http = HttpClient.newHttpClient()) {
                http.send(last, HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    /** From now on it counts anew. */
    void countAnew() {
        told = new ConcurrentHashMap<>();
    }

    /** What came without a signature of the town's. */
    Set<String> refused() {
        return refused;
    }

    /** Which activities of this type came: `Create https://…`. */
    Set<String> activities(String type) {
        return told.keySet().stream().filter(one -> one.startsWith(type + " ")).collect(Collectors.toSet());
    }

    /** How many requests brought activities of this type. */
    int told(String type) {
        return activities(type).stream()
                .mapToInt(one -> told.get(one).all().get())
                .sum();
    }

    /** How often they came to each inbox, the first at 1. */
    int[] times(String type) {
        int[] times = new int[INBOXES + 1];
        activities(type).forEach(one -> {
            for (int inbox = 1; inbox <= INBOXES; inbox++) {
                times[inbox] += told.get(one).times().get(inbox);
            }
        });
        return times;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
