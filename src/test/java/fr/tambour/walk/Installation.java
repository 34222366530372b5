package fr.tambour.walk;

import fr.tambour.storage.Dialect;
import fr.tambour.testing.DataFolder;
import fr.tambour.testing.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The distribution as an operator has it: unpacked, started, killed, told things by `bin/tambour`. */
final class Installation implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Path home;
    private final DataFolder data;
    private final int port;
    private final int managementPort;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private @Nullable Process server;

    private Installation(Path home, DataFolder data, int port, int managementPort) {
        this.home = home;
        this.data = data;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Unpacks {@code target/tambour-VERSION.tar.gz} somewhere, with a fresh data folder and database. */
    static Installation unpacked(Dialect dialect) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tambour-walk");
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path archive = files.filter(file -> file.getFileName().toString().matches("tambour-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("mvn package has not made the distribution yet"));
            run(folder, Map.of(), "tar", "xzf", archive.toAbsolutePath().toString(), "--strip-components=1");
        }
        return new Installation(folder, empty(dialect), freePort(), freePort());
    }

    /** Another empty data folder and database for the same distribution, on the same ports. */
    Installation withEmptyData(Dialect dialect) throws IOException {
        return new Installation(home, empty(dialect), port, managementPort);
    }

    private static DataFolder empty(Dialect dialect) throws IOException {
        DataFolder prepared = Engines.folder(dialect);
        // The tests' folder may hold a migrated file: an operator's is empty.
        Path fresh = Files.createTempDirectory("tambour-walk-data");
        return new DataFolder(dialect, fresh, prepared.databaseUrl());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    DataFolder data() {
        return data;
    }

    String url(String path) {
        return "http://localhost:" + port + path;
    }

    int port() {
        return port;
    }

    /** Starts it and waits until it answers. */
    void start() throws IOException, InterruptedException {
        output.clear();
        Process started = builder("start").redirectErrorStream(true).start();
        server = started;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(output::add);
            } catch (IOException e) {
                output.add(String.valueOf(e));
            }
        });
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("It did not start:\n" + String.join("\n", output));
            }
            started.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpRequest health = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + managementPort + "/actuator/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                            .send(health, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The one line that it prints with a link of this path. */
    String printedLink(String path) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (String line = output.poll(30, TimeUnit.SECONDS); line != null; line = output.poll(5, TimeUnit.SECONDS)) {
            seen.add(line);
            int at = line.indexOf("http://localhost:" + port + path);
            if (at >= 0) {
                return line.substring(at).strip();
            }
        }
        throw new AssertionError("No link was printed:\n" + String.join("\n", seen));
    }

    /** Like a power cut. */
    void kill() throws InterruptedException {
        Process running = Objects.requireNonNull(server);
        running.destroyForcibly();
        running.waitFor();
        server = null;
    }

    void stop() throws InterruptedException {
        Process running = server;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(90, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
            server = null;
        }
    }

    /** What a command said, and how it ended. */
    record Said(int status, String text) {}

    Said tell(String... arguments) throws IOException, InterruptedException {
        return run(home, environment(), command(arguments).toArray(String[]::new));
    }

    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(home.toFile());
        builder.environment().putAll(environment());
        return builder;
    }

    private List<String> command(String... arguments) {
        return Stream.concat(Stream.of(home.resolve("bin/tambour").toString()), Arrays.stream(arguments))
                .toList();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TAMBOUR_DATA", data.path().toString(),
                "TAMBOUR_PORT", Integer.toString(port),
                "TAMBOUR_MANAGEMENT_PORT", Integer.toString(managementPort),
                // Making the class cache is the start-up bench's business.
                "TAMBOUR_CLASS_CACHE", "false",
                "LANG", "fr_FR.UTF-8"));
        if (data.databaseUrl() != null) {
            environment.put("TAMBOUR_DATABASE_URL", data.databaseUrl());
        }
        return environment;
    }

    private static Said run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
