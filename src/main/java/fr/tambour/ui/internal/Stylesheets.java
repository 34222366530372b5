package fr.tambour.ui.internal;

import fr.tambour.ui.UiSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * One stylesheet per component and per module in the source, one per page for the browser. Modules drop {@code static/css/modules/<name>.css} (site and
 * studio), {@code <name>-site.css} or {@code <name>-studio.css}; nothing lists them. The order is that of the layers.
 */
@Component
final class Stylesheets {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\s*\\R\\s*");
    private static final Pattern FILE = Pattern.compile("url\\(\"(/[^\"?]+)\"\\)");

    private final boolean development;
    private final Map<String, Bundle> bundles = new ConcurrentHashMap<>();

    Stylesheets(UiSettings settings) {
        this.development = settings.development();
    }

    /** @param fileName {@code site-1a2b3c4d.css} */
    record Bundle(String fileName, byte[] css) {}

    static boolean isBundle(String name) {
        return name.equals("site.css") || name.equals("studio.css");
    }

    Bundle bundle(String name) {
        return development ? make(name) : bundles.computeIfAbsent(name, this::make);
    }

    private Bundle make(String name) {
        String other = name.equals("site.css") ? "-studio.css" : "-site.css";
        String css = Stream.of(
                        files("reset.css"),
                        files("tokens.css"),
                        files("base.css"),
                        files("components/*.css"),
                        files("modules/*.css").filter(file -> !fileName(file).endsWith(other)),
                        files("utilities.css"),
                        files("print.css"))
                .flatMap(files -> files)
                .map(Stylesheets::read)
                .collect(Collectors.joining());
        css = LINE.matcher(COMMENT.matcher(css).replaceAll("")).replaceAll("\n").strip();
        css = FILE.matcher(css)
                .replaceAll(file -> "url(\"" + file.group(1) + "?v="
                        + AssetFiles.hash(new ClassPathResource("static" + file.group(1))) + "\")");
        String stem = name.substring(0, name.length() - ".css".length());
        return new Bundle(stem + "-" + AssetFiles.hash(css) + ".css", css.getBytes(StandardCharsets.UTF_8));
    }

    private Stream<Resource> files(String pattern) {
        String root = development ? "file:src/main/resources/static/css/" : "classpath*:static/css/";
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(root + pattern);
            return Arrays.stream(found).sorted(Comparator.comparing(Stylesheets::fileName));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find the stylesheets " + pattern, e);
        }
    }

    private static String fileName(Resource file) {
        String name = file.getFilename();
        return name == null ? "" : name;
    }

    private static String read(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the stylesheet " + file, e);
        }
    }
}
