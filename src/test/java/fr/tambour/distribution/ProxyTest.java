package fr.tambour.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.notice.NoticeRights;
import fr.tambour.people.People;
import fr.tambour.people.Person;
import fr.tambour.people.Role;
import fr.tambour.people.Tokens;
import fr.tambour.storage.Dialect;
import fr.tambour.testing.Pem;
import fr.tambour.testing.Ports;
import fr.tambour.testing.Programs;
import fr.tambour.testing.TambourServer;
import fr.tambour.town.TestTowns;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The proxies' configurations that the distribution brings are such as they take, and what Tambour needs to know comes
 * through: host, scheme and whose request it is, whatever a visitor claims.
 */
class ProxyTest {

    private static final String HOST = "clairval.localhost";

    /** As many guesses as one address has before it is slowed, and one more. */
    private static final int ENOUGH = 51;

    @TempDir
    private Path folder;

    static boolean nginxIsThere() {
        return Programs.find("nginx").isPresent();
    }

    static boolean caddyIsThere() {
        return Programs.find("caddy").isPresent();
    }

    @Test
    @EnabledIf("nginxIsThere")
    void tambourAnswersBehindNginx() throws Exception {
        Pem pem = Pem.forHost(HOST, folder);
        int http = Ports.free();
        int https = Ports.free();
        String nginx = Programs.find("nginx").orElseThrow().toString();
        try (TambourServer tambour = withTown()) {
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, adapted(pem, http, https, tambour.port()));
            String said = folder + "/error.log";
            assertThat(begun(nginx, "-t", "-e", said, "-c", configuration.toString())
                            .waitFor())
                    .as("nginx takes it")
                    .isZero();
            behind(
                    begun(nginx, "-e", said, "-c", configuration.toString()),
                    pem,
                    https,
                    token(tambour),
                    Set.of(413),
                    client -> {
                        HttpResponse<String> plain = client.send(get("http://" + HOST + ":" + http + "/agenda?x=1"));
                        assertThat(plain.statusCode()).isEqualTo(301);
                        assertThat(plain.headers().firstValue("Location")).contains("https://" + HOST + "/agenda?x=1");
                        assertThat(folder.resolve("access.log"))
                                .as("no address stands in a log")
                                .isEmptyFile();
                        assertThat(Path.of(said))
                                .as("not even of what failed")
                                .content()
                                .doesNotContain("client:");
                    });
        }
    }

    @Test
    @EnabledIf("caddyIsThere")
    void tambourAnswersBehindCaddy() throws Exception {
        Pem pem = Pem.forHost(HOST, folder);
        int https = Ports.free();
        try (TambourServer tambour = withTown()) {
            Path configuration = folder.resolve("Caddyfile");
            Files.writeString(configuration, adaptedForCaddy(pem, https, tambour.port()));
            String caddy = Programs.find("caddy").orElseThrow().toString();
            behind(
                    begun(caddy, "run", "--adapter", "caddyfile", "--config", configuration.toString()),
                    pem,
                    https,
                    token(tambour),
                    Set.of(413, 502),
                    client -> assertThat(folder.resolve("proxy.out"))
                            .as("no address stands in what it says, not even of what failed")
                            .content()
                            .doesNotContain("remote_ip", "remote_addr"));
        }
    }

    private static TambourServer withTown() {
        TambourServer tambour = TambourServer.start(Dialect.SQLITE, "--tambour.proxy=true");
        TransactionTemplate writing = tambour.bean(TransactionTemplate.class);
        Towns towns = tambour.bean(Towns.class);
        writing.executeWithoutResult(
                status -> towns.add(TestTowns.CLAIRVAL, TestTowns.profile("Clairval", HOST), false));
        // Of two towns none is shown to whoever names no host.
        writing.executeWithoutResult(
                status -> towns.add(TestTowns.CLAIRVAL, TestTowns.profile("Vaubrun", "vaubrun.example"), false));
        return tambour;
    }

    private static String token(TambourServer tambour) {
        TownId town = tambour.bean(Towns.class).bySlug("clairval").orElseThrow().id();
        Person author = tambour.bean(People.class)
                .create(
                        town,
                        "author@clairval.fr",
                        "Maëlle Durand",
                        "quatre chats sur le toit",
                        "fr",
                        Set.of(Role.AUTHOR));
        return tambour.bean(Tokens.class)
                .create(
                        author.id(),
                        town,
                        "Photos",
                        Set.of(NoticeRights.WRITE.name()),
                        tambour.clock().instant().plus(Duration.ofDays(1)))
                .secret();
    }

    private interface Client {
        HttpResponse<String> send(HttpRequest.Builder request) throws Exception;
    }

    private interface More {
        void about(Client client) throws Exception;
    }

    private static void behind(Process proxy, Pem pem, int https, String token, Set<Integer> tooLarge, More more)
            throws Exception {
        String base = "https://" + HOST + ":" + https;
        try (HttpClient http =
                HttpClient.newBuilder().sslContext(pem.trusting()).build()) {
            Client client = request -> http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> home = await(client, base + "/", proxy);
            theTownIsFoundAndKnowsThatItIsReachedByTls(home, client, base);
            picturesComeThroughAndNothingLarger(client, base, token, tooLarge);
            nothingThatAVisitorClaimsIsBelieved(client, base);
            more.about(client);
        } finally {
            proxy.destroy();
            if (!proxy.waitFor(10, TimeUnit.SECONDS)) {
                proxy.destroyForcibly();
            }
        }
    }

    private static void theTownIsFoundAndKnowsThatItIsReachedByTls(
            HttpResponse<String> home, Client client, String base) throws Exception {
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(home.body()).contains("Clairval", "property=\"og:url\" content=\"https://" + HOST + "/\"");
        assertThat(home.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(home.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        HttpResponse<String> door = client.send(get(base + "/studio/connexion"));
        assertThat(door.statusCode()).isEqualTo(200);
        assertThat(door.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("; Secure"));
    }

    private static void nothingThatAVisitorClaimsIsBelieved(Client client, String base) throws Exception {
        assertThat(client.send(get(base + "/")
                                .headers("X-Forwarded-Host", "nobody.example", "Forwarded", "host=nobody.example")
                                .header("X-Forwarded-Proto", "http"))
                        .headers()
                        .firstValue("Strict-Transport-Security"))
                .isPresent();
        for (int i = 1; i <= ENOUGH; i++) {
            HttpResponse<String> guess = client.send(get(base + "/api/v1/nothing-here")
                    .header("Authorization", "Bearer tbr_guess")
                    .headers("X-Forwarded-For", "192.0.2." + i, "Forwarded", "for=192.0.2." + i));
            assertThat(guess.statusCode())
                    .as("guess %d comes from the same address as the others", i)
                    .isEqualTo(i < ENOUGH ? 401 : 429);
        }
    }

    private static void picturesComeThroughAndNothingLarger(
            Client client, String base, String token, Set<Integer> tooLarge) throws Exception {
        assertThat(client.send(bringing(base, 19_000_000, "")).statusCode())
                .as("a stranger reads the answer though it comes before the end is sent")
                .isEqualTo(401);
        HttpResponse<String> looked = client.send(bringing(base, 19_000_000, token));
        assertThat(looked.statusCode())
                .as("Tambour itself says that this is no picture: %s", looked.body())
                .isEqualTo(415);
        // Caddy 2.6 says 502 where it cuts off what it hands on.
        assertThat(client.send(bringing(base, 30_000_000, token)).statusCode()).isIn(tooLarge);
    }

    private static HttpRequest.Builder bringing(String base, int bytes, String token) {
        return HttpRequest.newBuilder(URI.create(base + "/api/v1/pictures"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Authorization", token.isEmpty() ? "none" : "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofString("--x\r\nContent-Disposition: form-data; name=\"file\";"
                                + " filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"),
                        HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]),
                        HttpRequest.BodyPublishers.ofString("\r\n--x--\r\n")));
    }

    private static HttpRequest.Builder get(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    /** Only port, name and certificate differ from what is brought: there is nobody here to ask for one. */
    private static String adaptedForCaddy(Pem pem, int https, int tambour) throws IOException {
        String brought = Files.readString(Path.of("src/distribution/deploy/Caddyfile"));
        return replaced(
                brought,
                "{\n\t# No",
                "{\n\tadmin off\n\tauto_https off\n\t# No",
                "avis.clairval.example {",
                "https://" + HOST + ":" + https + " {\n\ttls " + pem.certificate() + " " + pem.key(),
                "127.0.0.1:8080",
                "127.0.0.1:" + tambour);
    }

    /** Only ports, names and files differ from what is brought. */
    private String adapted(Pem pem, int http, int https, int tambour) throws IOException {
        String brought = replaced(
                Files.readString(Path.of("src/distribution/deploy/nginx.conf")),
                "listen 80;",
                "listen 127.0.0.1:" + http + ";",
                "listen [::]:80;",
                "",
                "listen 443 ssl http2;",
                "listen 127.0.0.1:" + https + " ssl http2;",
                "listen [::]:443 ssl http2;",
                "",
                "avis.clairval.example",
                HOST,
                "/etc/ssl/tambour/fullchain.pem",
                pem.certificate().toString(),
                "/etc/ssl/tambour/privkey.pem",
                pem.key().toString(),
                "127.0.0.1:8080",
                "127.0.0.1:" + tambour);
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                  access_log %1$s/access.log;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  %2$s
                }
                """.formatted(folder, brought);
    }

    /** What is brought must hold all that is adapted here: else this would test something else. */
    private static String replaced(String text, String... pairs) {
        String adapted = text;
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(adapted).contains(pairs[i]);
            adapted = adapted.replace(pairs[i], pairs[i + 1]);
        }
        return adapted;
    }

    private Process begun(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.out").toFile())
                .start();
    }

    private static HttpResponse<String> await(Client client, String url, Process proxy) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            try {
                return client.send(get(url));
            } catch (IOException e) {
                if (proxy.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                    throw new AssertionError("The proxy does not answer", e);
                }
            }
        }
    }
}
