package fr.tambour.phone;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A push service on this machine (RFC 8030, and RFC 8292 for whoever bound an address to a key). Programs get an address by
 * {@link #address}; Firefox connects to {@link #socket} as to Mozilla's own, see {@link FirefoxSocket}.
 */
public final class PushService implements AutoCloseable {

    private static final String RESOURCES = "/wpush/v2/";
    private static final Pattern AUTHORIZATION = Pattern.compile("vapid t=([^,]+), ?k=([A-Za-z0-9_-]{87})");
    private static final int COORDINATE = 32;

    /** One message as it came, still encrypted. */
    public record Message(Map<String, String> headers, byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A device: the status that it answers is the one that the sender gets. */
    @FunctionalInterface
    public interface Device {
        Future<Integer> receive(Message message);
    }

    /** @param key the only one that may sign, base64url; null where anybody's is good enough */
    private record Resource(@Nullable String key, @Nullable Device device) {}

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Map<String, Resource> resources = new ConcurrentHashMap<>();
    private final List<FirefoxSocket> sockets = new CopyOnWriteArrayList<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public PushService() {
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setWebSocketClosingTimeout(1)
                        .setWebSocketSubProtocols(List.of(FirefoxSocket.PROTOCOL)))
                .webSocketHandler(this::connected)
                .requestHandler(request -> request.body()
                        .compose(body -> posted(request, body.getBytes()))
                        .onComplete(status -> answer(request, status.succeeded() ? status.result() : 500)));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** Where Firefox connects to: its preference `dom.push.serverURL`. */
    public URI socket() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
    }

    /** A push resource of the device's. */
    public URI address(Device device) {
        return address(UUID.randomUUID().toString(), null, device);
    }

    URI address(String id, @Nullable String key, Device device) {
        resources.put(RESOURCES + id, new Resource(key, device));
        return URI.create("http://127.0.0.1:" + server.actualPort() + RESOURCES + id);
    }

    /** Whoever sends there gets 410 from now on. */
    void end(String id) {
        resources.put(RESOURCES + id, new Resource(null, null));
    }

    public boolean hasEnded(URI address) {
        Resource resource = resources.get(address.getPath());
        return resource != null && resource.device() == null;
    }

    /** What senders were answered, in order. */
    public List<Integer> statuses() {
        return statuses;
    }

    /** How Firefox acknowledged each message: 100 that it decrypted it and gave it to the page's worker, 101 that it could not. */
    public List<Integer> acknowledged() {
        return sockets.stream()
                .flatMap(socket -> socket.acknowledged().stream())
                .toList();
    }

    /** As after a loss of its data: every address is gone, and Firefox is told so as it comes back. */
    public void forgetEverybody() {
        resources.replaceAll((path, resource) -> new Resource(null, null));
        sockets.forEach(FirefoxSocket::forget);
    }

    private void connected(ServerWebSocket socket) {
        sockets.add(new FirefoxSocket(socket, this, names));
    }

    private Future<Integer> posted(HttpServerRequest request, byte[] body) {
        Resource resource = resources.get(request.path());
        if (resource == null) {
            return Future.succeededFuture(404);
        }
        if (resource.device() == null) {
            return Future.succeededFuture(410);
        }
        MultiMap headers = request.headers();
        if (!headers.contains("ttl") || !"aes128gcm".equals(headers.get("content-encoding"))) {
            return Future.succeededFuture(400);
        }
        if (!isSigned(headers.get("authorization"), resource.key())) {
            return Future.succeededFuture(403);
        }
        Map<String, String> fields = new ConcurrentHashMap<>();
        headers.forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        return resource.device().receive(new Message(fields, body));
    }

    private void answer(HttpServerRequest request, int status) {
        statuses.add(status);
        request.response()
                .setStatusCode(status)
                .putHeader("location", request.path() + "/" + UUID.randomUUID())
                .end();
    }

    /** RFC 8292 section 4.2: by the key that the address is bound to, for this service, for a day at most. */
    private boolean isSigned(@Nullable String authorization, @Nullable String key) {
        Matcher vapid = AUTHORIZATION.matcher(Optional.ofNullable(authorization).orElse(""));
        if (!vapid.matches() || key != null && !vapid.group(2).equals(key)) {
            return false;
        }
        try {
            SignedJWT token = SignedJWT.parse(vapid.group(1));
            JWTClaimsSet claims = token.getJWTClaimsSet();
            Instant end = claims.getExpirationTime().toInstant();
            Instant now = Instant.now();
            return token.verify(new ECDSAVerifier(key(vapid.group(2))))
                    && claims.getAudience().equals(List.of("http://127.0.0.1:" + server.actualPort()))
                    && end.isAfter(now)
                    && end.isBefore(now.plus(Duration.ofDays(1)));
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    private static ECKey key(String point) {
        byte[] bytes = Base64.getUrlDecoder().decode(point);
        return new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(bytes, 1, 1 + COORDINATE)),
                        Base64URL.encode(Arrays.copyOfRange(bytes, 1 + COORDINATE, 1 + 2 * COORDINATE)))
                .build();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
