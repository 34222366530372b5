package fr.tambour.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.Pem;
import fr.tambour.testing.TambourServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The proxies' configurations that the distribution brings are such as they take, and Tambour answers behind them. */
class ProxyTest {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path CADDY = Path.of("/usr/bin/caddy");

    @TempDir
    private Path folder;

    static boolean nginxIsThere() {
        return Files.isExecutable(NGINX);
    }

    @Test
    @EnabledIf("nginxIsThere")
    void tambourAnswersBehindNginx() throws Exception {
        Pem pem = Pem.forHost("localhost", folder);
        int https = freePort();
        try (TambourServer tambour = TambourServer.start(Dialect.SQLITE, "--tambour.proxy=true")) {
            Path configuration = folder.resolve("nginx.conf");
            Files.writeString(configuration, adapted(pem, https, tambour.port()));
            assertThat(nginx("-t", configuration).waitFor()).isZero();
            answersBehind(nginx("-g", configuration), pem, https);
        }
    }

    private static void answersBehind(Process proxy, Pem pem, int https) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(pem.trusting()).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + https + "/mise-en-place"))
                    .build();
            HttpResponse<String> answer = await(client, request, proxy);
            assertThat(answer.statusCode()).isLessThan(500);
            assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
        } finally {
            proxy.destroy();
            proxy.waitFor(10, TimeUnit.SECONDS);
        }
    }

    static boolean caddyIsThere() {
        return Files.isExecutable(CADDY);
    }

    @Test
    @EnabledIf("caddyIsThere")
    void tambourAnswersBehindCaddy() throws Exception {
        Pem pem = Pem.forHost("localhost", folder);
        int https = freePort();
        try (TambourServer tambour = TambourServer.start(Dialect.SQLITE, "--tambour.proxy=true")) {
            Path configuration = folder.resolve("Caddyfile");
            Files.writeString(configuration, adaptedForCaddy(pem, https, tambour.port()));
            Process proxy = new ProcessBuilder(
                            CADDY.toString(), "run", "--adapter", "caddyfile", "--config", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("caddy.out").toFile())
                    .start();
            answersBehind(proxy, pem, https);
        }
    }

    /** Only port, name and certificate differ from what is brought: there is nobody here to ask for one. */
    private static String adaptedForCaddy(Pem pem, int https, int tambour) throws IOException {
        return """
                {
                  admin off
                  auto_https off
                }
                """
                + Files.readString(Path.of("src/distribution/deploy/Caddyfile"))
                        .replace(
                                "avis.clairval.example {",
                                "https://localhost:" + https + " {\n\ttls " + pem.certificate() + " " + pem.key())
                        .replace("127.0.0.1:8080", "127.0.0.1:" + tambour);
    }

    /** Only ports, names and files differ from what is brought. */
    private String adapted(Pem pem, int https, int tambour) throws IOException {
        String brought = Files.readString(Path.of("src/distribution/deploy/nginx.conf"))
                .replace("listen 80;", "listen 127.0.0.1:" + freePort() + ";")
                .replace("listen [::]:80;", "")
                .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + https + " ssl http2;")
                .replace("listen [::]:443 ssl http2;", "")
                .replace("avis.clairval.example", "localhost")
                .replace("/etc/ssl/tambour/fullchain.pem", pem.certificate().toString())
                .replace("/etc/ssl/tambour/privkey.pem", pem.key().toString())
                .replace("127.0.0.1:8080", "127.0.0.1:" + tambour);
        return """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  %2$s
                }
                """.formatted(folder, brought);
    }

    private Process nginx(String how, Path configuration) throws IOException {
        ProcessBuilder builder = how.equals("-t")
                ? new ProcessBuilder(NGINX.toString(), "-t", "-c", configuration.toString())
                : new ProcessBuilder(NGINX.toString(), "-c", configuration.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
    }

    private static HttpResponse<String> await(HttpClient client, HttpRequest request, Process proxy) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                if (proxy.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                    throw new AssertionError("The proxy does not answer", e);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
