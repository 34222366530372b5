package fr.tambour.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The distribution that `mvn package` left in `target/`, unpacked and run as operators run it: a process of its own,
 * that can be killed.
 *
 * <pre>
 * try (Distribution.Running tambour = Distribution.unpacked().on(Engines.empty(Dialect.SQLITE)).start()) {
 *     tambour.url("/")
 * </pre>
 */
public final class Distribution {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Made by `./check classes`; without it everything works and takes longer. */
    private static final Path CLASSES = Path.of("target/class-cache").toAbsolutePath();

    private static @Nullable Path unpacked;

    private final Path home;
    private final Map<String, String> settings = new TreeMap<>();

    private Distribution(Path home) {
        this.home = home;
        settings.put("TAMBOUR_PORT", Integer.toString(Ports.free()));
        settings.put("TAMBOUR_MANAGEMENT_PORT", "0");
        settings.put("TAMBOUR_CLASS_CACHE", Files.isDirectory(CLASSES) ? CLASSES.toString() : "false");
        // It lives for a minute: what the second compiler would make better is over by then.
        settings.put("TAMBOUR_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        settings.put("LANG", "fr_FR.UTF-8");
    }

    /** One unpacking for the whole run. */
    public static synchronized Distribution unpacked() {
        if (unpacked == null) {
            unpacked = unpack();
        }
        return new Distribution(unpacked);
    }

    private static Path unpack() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path archive = files.filter(file -> file.getFileName().toString().matches("tambour-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "There is no distribution in target/: run mvn package first (./check build)"));
            Path folder = Files.createTempDirectory("tambour-distribution-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Engines.delete(folder)));
            Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
                    .inheritIO()
                    .start();
            if (tar.waitFor() != 0) {
                throw new IllegalStateException(archive + " could not be unpacked");
            }
            try (Stream<Path> home = Files.list(folder)) {
                return home.findFirst().orElseThrow();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Path home() {
        return home;
    }

    public Distribution on(DataFolder folder) {
        settings.put("TAMBOUR_DATA", folder.path().toString());
        if (folder.databaseUrl() != null) {
            settings.put("TAMBOUR_DATABASE_URL", folder.databaseUrl());
        }
        return this;
    }

    public Distribution with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public int port() {
        return Integer.parseInt(settings.get("TAMBOUR_PORT"));
    }

    /** `bin/tambour start`, until it answers. */
    public Running start() {
        return start("start");
    }

    /** `bin/tambour start` or `demo`, until it answers. */
    public Running start(String how) {
        try {
            Path log = Files.createTempFile("tambour-", ".log");
            Instant started = Instant.now();
            Process process = process(how)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // A test that fails may leave it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            Running running = new Running(process, log, port());
            running.awaitAnswer(started);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command said and how it ended. */
    public record Answer(int status, String out, String err) {}

    /** `bin/tambour ARGUMENTS`, to its end. */
    public Answer run(String... arguments) {
        return fed("", arguments);
    }

    /** The same with something piped in. */
    public Answer fed(String input, String... arguments) {
        try {
            Path out = Files.createTempFile("tambour-", ".out");
            Path err = Files.createTempFile("tambour-", ".err");
            Process process = process(arguments)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("tambour " + String.join(" ", arguments) + " did not end");
            }
            Answer answer = new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/tambour").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("TAMBOUR_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings);
        return builder;
    }

    /** A running one. */
    public static final class Running implements AutoCloseable {

        private final Process process;
        private final Path log;
        private final int port;
        private Duration startTime = Duration.ZERO;

        private Running(Process process, Path log, int port) {
            this.process = process;
            this.log = log;
            this.port = port;
        }

        private void awaitAnswer(Instant started) {
            HttpRequest request = HttpRequest.newBuilder(url("/robots.txt")).build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                while (true) {
                    try {
                        client.send(request, HttpResponse.BodyHandlers.discarding());
                        startTime = Duration.between(started, Instant.now());
                        return;
                    } catch (IOException e) {
                        // Not listening yet. The process's own end is waited for, so nothing is slept away.
                        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                            throw new AssertionError("tambour ended with " + process.exitValue() + ":\n" + log());
                        }
                        if (Duration.between(started, Instant.now()).compareTo(PATIENCE) > 0) {
                            kill();
                            throw new AssertionError("tambour did not answer within " + PATIENCE + ":\n" + log(), e);
                        }
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        public URI url(String path) {
            return URI.create("http://localhost:" + port + path);
        }

        public URI url(String slug, String path) {
            return URI.create("http://" + slug + ".localhost:" + port + path);
        }

        public long pid() {
            return process.pid();
        }

        /** From the command to the first answer. */
        public Duration startTime() {
            return startTime;
        }

        /** What it has printed so far. */
        public String log() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** `kill -9` */
        public void kill() {
            process.destroyForcibly();
            end();
        }

        /** SIGTERM, and what follows from it. */
        @Override
        public void close() {
            process.destroy();
            end();
        }

        private void end() {
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("tambour did not stop:\n" + log());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
