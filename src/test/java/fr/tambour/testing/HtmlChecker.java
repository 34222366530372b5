package fr.tambour.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/**
 * The Nu HTML checker, which the W3C runs as its validator. The build lays it in {@code target/html-checker}, where it has
 * a class loader of its own: it needs an older Jetty than ours.
 */
public final class HtmlChecker implements AutoCloseable {

    private static final Path FOLDER = Path.of("target/html-checker");
    /** Bytes. */
    private static final long STACK = 16L << 20;

    private static final String CHECKER = "nu.validator.validation.SimpleDocumentValidator";
    private static final String GRAMMAR = "http://s.validator.nu/html5-all.rnc";

    private final URLClassLoader loader;

    /** With its grammar, which takes longer to read than a page to check. */
    private final Object checker;

    public HtmlChecker() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            URL[] jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .map(HtmlChecker::url)
                    .toArray(URL[]::new);
            loader = new URLClassLoader("html-checker", jars, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException("Run the build first: it fetches the checker to " + FOLDER, e);
        }
        try {
            checker = deep(this::withItsGrammar);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The checker in " + FOLDER + " is another than expected", e);
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
        return deep(() -> checked(html));
    }

    /** Its grammar is read, and checked against, by recursion, deeper than an ordinary stack. */
    private static <T> T deep(Callable<T> work) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(null, task, "html-checker", STACK).start();
        return task.get();
    }

    private Object withItsGrammar() throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(CHECKER);
        // With a log, and what language a text is in looked at: as its command does it.
        Object made =
                type.getConstructor(boolean.class, boolean.class, boolean.class).newInstance(true, false, true);
        type.getMethod("setUpMainSchema", String.class, ErrorHandler.class).invoke(made, GRAMMAR, new Complaints(""));
        return made;
    }

    private List<String> checked(String html) throws ReflectiveOperationException {
        Complaints complaints = new Complaints(html);
        Class<?> type = checker.getClass();
        type.getMethod("setUpValidatorAndParsers", ErrorHandler.class, boolean.class, boolean.class)
                .invoke(checker, complaints, false, false);
        InputSource page = new InputSource(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        type.getMethod("checkHtmlInputSource", InputSource.class).invoke(checker, page);
        return complaints.all;
    }

    /** Of a page, each with the line that it is about. */
    private static final class Complaints implements ErrorHandler {

        private final List<String> lines;
        private final List<String> all = new ArrayList<>();

        Complaints(String html) {
            lines = html.lines().toList();
        }

        @Override
        public void warning(SAXParseException advice) {}

        @Override
        public void error(SAXParseException error) {
            int line = error.getLineNumber();
            all.add(error.getMessage() + " in " + (line < 1 || line > lines.size() ? "?" : lines.get(line - 1)));
        }

        @Override
        public void fatalError(SAXParseException error) {
            error(error);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
