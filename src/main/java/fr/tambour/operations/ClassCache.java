package fr.tambour.operations;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The JDK's cache of classes (JEP 514), with which a start takes half the time. `bin/tambour prepare` makes it, by a
 * server that starts only for that; a server that started without one has that done, and waits for it when told to stop.
 */
public final class ClassCache {

    /** Set by `bin/tambour` where no cache fits: its own path. */
    private static final String PREPARER = "tambour.preparer";

    /** Set by `bin/tambour prepare`. */
    private static final String REHEARSAL = "tambour.rehearsal";

    /** What a start is for: the first pages, made and from memory. */
    private static final List<String> ASKED = List.of("/robots.txt", "/", "/flux", "/mise-en-place", "/robots.txt");

    /** Seconds that a stop waits at most, of the two minutes after which a service's manager kills. */
    private static final int PATIENCE = 90;

    private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

    private ClassCache() {}

    /** After a start: makes what is missing, or ends where the start was for nothing else. */
    public static void started(ConfigurableApplicationContext context) {
        if (Boolean.getBoolean(REHEARSAL)) {
            System.exit(rehearse(context));
        }
        @Nullable String preparer = System.getProperty(PREPARER);
        if (preparer != null) {
            Thread.ofPlatform().daemon().name("class-cache").start(() -> prepare(preparer));
        }
    }

    /** @return the exit status: not 0 where it did not answer */
    private static int rehearse(ConfigurableApplicationContext context) {
        String base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String path : ASKED) {
                client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.discarding());
            }
        } catch (IOException e) {
            LOG.error("It does not answer", e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
        return SpringApplication.exit(context);
    }

    private static void prepare(String preparer) {
        try {
            Process process = new ProcessBuilder(preparer, "prepare")
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(process)));
            List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() == 0) {
                LOG.info("The class cache is made: the next start takes half the time");
            } else {
                LOG.warn("No class cache was made, and starting stays slow: {}", said.isEmpty() ? "" : said.getLast());
            }
        } catch (IOException | IllegalStateException e) {
            LOG.warn("No class cache was made, and starting stays slow: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
