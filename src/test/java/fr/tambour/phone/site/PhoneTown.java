package fr.tambour.phone.site;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A town whose pushes are caught, and phones that talk to it. */
final class PhoneTown implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final TambourServer server;
    private final Town town;
    private final Theme theme;

    PhoneTown(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("--tambour.timer.enabled=false");
        server = TambourServer.with(CaughtPushes.class, Dialect.SQLITE, all.toArray(String[]::new));
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

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
