package fr.tambour.phone.site;

import fr.tambour.people.People;
import fr.tambour.people.Role;
import fr.tambour.people.Tokens;
import fr.tambour.phone.internal.Base64Url;
import fr.tambour.phone.internal.CaughtPushes;
import fr.tambour.phone.internal.TestKeys;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.Districts;
import fr.tambour.town.ListEntry;
import fr.tambour.town.TestTowns;
import fr.tambour.town.Theme;
import fr.tambour.town.Themes;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A town, and phones that talk to it. */
final class PhoneTown implements AutoCloseable {

    private static final Set<String> RELEASING = Set.of("notices:read", "notices:withdraw", "notices:emergency");

    private final HttpClient http = HttpClient.newHttpClient();
    private final TambourServer server;
    private final Town town;
    private final Theme theme;
    private @Nullable String token;

    /** Its pushes are caught. */
    PhoneTown(String... properties) {
        this(TambourServer.with(
                CaughtPushes.class,
                Dialect.SQLITE,
                Stream.concat(Stream.of(properties), Stream.of("--tambour.timer.enabled=false"))
                        .toArray(String[]::new)));
    }

    /** It carries to push services on this machine, by a clock that goes. */
    static PhoneTown carrying(Duration ahead) {
        return going(
                ahead,
                TambourServer.start(
                        Dialect.SQLITE, "--tambour.phones.loopback=true", "--tambour.outbound.loopback=true"));
    }

    /** What it carries is caught; its clock goes. */
    static PhoneTown catching(Duration ahead) {
        return going(ahead, TambourServer.with(CaughtPushes.class, Dialect.SQLITE));
    }

    private static PhoneTown going(Duration ahead, TambourServer server) {
        server.clock().go(ahead);
        return new PhoneTown(server);
    }

    private PhoneTown(TambourServer server) {
        this.server = server;
        town = written(() -> server.bean(Towns.class)
                .add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", "clairval.example"), false));
        theme = written(() -> server.bean(Themes.class)
                .arrange(
                        town.id(),
                        List.of(
                                new ListEntry(null, Map.of("fr", "Culture et fêtes", "en", "Culture")),
                                new ListEntry(null, Map.of("fr", "Enfance et école"))))
                .getFirst());
        written(() -> server.bean(Districts.class)
                .arrange(
                        town.id(),
                        List.of(
                                new ListEntry(null, Map.of("fr", "Les Tilleuls")),
                                new ListEntry(null, Map.of("fr", "Bords de l’Orge")))));
    }

    <T> T written(Supplier<T> change) {
        return Objects.requireNonNull(
                new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(status -> change.get()));
    }

    TambourServer server() {
        return server;
    }

    Town town() {
        return town;
    }

    Theme theme() {
        return theme;
    }

    /** From now on it speaks these languages. */
    void speaks(String... languages) {
        Towns towns = server.bean(Towns.class);
        Town now = towns.get(town.id());
        written(() -> towns.change(now.id(), now.version(), TestTowns.speaking(now.profile(), List.of(languages))));
    }

    CaughtPushes pushes() {
        return server.bean(CaughtPushes.class);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.url(path)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.url(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return postTo("/prevenir/" + path, body, headers);
    }

    HttpResponse<String> postTo(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** A device with a subscription of its own. */
    final class Device {

        private final String endpoint;
        private final Map<String, String> keys;

        Device(String endpoint, int seed) {
            this.endpoint = endpoint;
            this.keys =
                    Map.of("p256dh", Base64Url.of(TestKeys.publicKey()), "auth", Base64Url.of(TestKeys.secret(seed)));
        }

        String endpoint() {
            return endpoint;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("endpoint", endpoint);
            json.put("keys", keys);
            return json;
        }

        HttpResponse<String> asks(String path, Map<String, ?> more) throws IOException, InterruptedException {
            Map<String, Object> body = json();
            body.putAll(more);
            return post(path, JsonMapper.shared().writeValueAsString(body));
        }

        HttpResponse<String> subscribes() throws IOException, InterruptedException {
            return asks("telephones", Map.of());
        }

        HttpResponse<String> confirms(String token) throws IOException, InterruptedException {
            return post(
                    "telephones/confirmation",
                    JsonMapper.shared().writeValueAsString(Map.of("endpoint", endpoint, "token", token)));
        }

        Device active() throws IOException, InterruptedException {
            subscribes();
            confirms(pushes().token(endpoint));
            return this;
        }
    }

    /** What somebody's program sends who may give alerts. */
    JsonNode release(String path, String json) throws IOException, InterruptedException {
        if (token == null) {
            token = written(() -> server.bean(Tokens.class)
                    .create(
                            server.bean(People.class)
                                    .create(
                                            town.id(),
                                            "marc@clairval.example",
                                            "Marc Valide",
                                            "une phrase assez longue",
                                            "fr",
                                            Set.of(Role.APPROVER))
                                    .id(),
                            town.id(),
                            "Essai",
                            RELEASING,
                            server.clock().instant().plus(Duration.ofDays(30)))
                    .secret());
        }
        HttpResponse<String> answer = postTo("/api/v1" + path, json, "Authorization", "Bearer " + token);
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    /** Written, approved and published at once; its id. */
    String alert(String title, String instruction) throws IOException, InterruptedException {
        return release("/emergencies", emergency(title, instruction)).path("id").asString();
    }

    static String emergency(String title, String instruction) {
        return """
                {"kind": "emergency", "words": {"fr": {"title": "%s", "instruction": "%s"}},
                 "emergency": {"severity": "severe", "area": "Bords de l’Orge", "contact": ""}}""".formatted(title, instruction);
    }

    void withdraw(String id, String reason) throws IOException, InterruptedException {
        release("/notices/" + id + "/withdrawal", "{\"reason\": \"" + reason + "\"}");
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
