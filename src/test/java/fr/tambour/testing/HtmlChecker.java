package fr.tambour.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Nu HTML checker, which the W3C runs as its validator. The build lays it in {@code target/html-checker}, where it has
 * a class loader of its own: it needs an older Jetty than ours.
 */
public final class HtmlChecker implements AutoCloseable {

    private static final Path FOLDER = Path.of("target/html-checker");
    /** Bytes. */
    private static final long STACK = 16L << 20;

    private static final String CHECKER = "nu.validator.client.EmbeddedValidator";

    private final URLClassLoader loader;

    public HtmlChecker() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            URL[] jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .map(HtmlChecker::url)
                    .toArray(URL[]::new);
            loader = new URLClassLoader("html-checker", jars, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException("Run the build first: it fetches the checker to " + FOLDER, e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a page, one sentence each; empty for a valid one. Warnings are advice and left out. */
    public List<String> errors(String html) throws Exception {
        FutureTask<List<String>> check = new FutureTask<>(() -> checked(html));
        // Its grammar is checked by recursion, deeper than an ordinary stack.
        new Thread(null, check, "html-checker", STACK).start();
        return check.get();
    }

    private List<String> checked(String html) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(CHECKER);
        Object checker = type.getConstructor().newInstance();
        Class<?> format = loader.loadClass(CHECKER + "$OutputFormat");
        for (Object constant : format.getEnumConstants()) {
            if (constant.toString().equals("JSON")) {
                type.getMethod("setOutputFormat", format).invoke(checker, constant);
            }
        }
        InputStream page = new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8));
        String report = (String) type.getMethod("validate", InputStream.class).invoke(checker, page);
        JsonNode messages = JsonMapper.shared().readTree(report).get("messages");
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> !message.get("type").asString().equals("info"))
                .map(message -> message.get("message").asString() + " in "
                        + message.path("extract").asString("?"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
