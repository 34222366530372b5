package fr.tambour.ui.internal;

import fr.tambour.ui.Assets;
import fr.tambour.ui.UiSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names with their content's hash: esbuild's own for scripts, ours for stylesheet bundles and other files. */
@Component
final class AssetFiles implements Assets {

    /** Where the build leaves esbuild's metafile. */
    private static final ClassPathResource METAFILE = new ClassPathResource("fr/tambour/ui/browser.json");

    private final boolean development;
    private final Stylesheets stylesheets;
    private final Supplier<Map<String, String>> scripts = SingletonSupplier.of(AssetFiles::scripts);
    private final Map<String, String> files = new ConcurrentHashMap<>();

    AssetFiles(UiSettings settings, Stylesheets stylesheets) {
        this.development = settings.development();
        this.stylesheets = stylesheets;
    }

    @Override
    public String url(String name) {
        if (name.endsWith(".js")) {
            return known(name, scripts.get().get(name));
        }
        if (Stylesheets.isBundle(name)) {
            return "/styles/" + stylesheets.bundle(name).fileName();
        }
        return development
                ? "/" + name
                : files.computeIfAbsent(
                        name, file -> "/" + file + "?v=" + hash(new ClassPathResource("static/" + file)));
    }

    private static String known(String name, @Nullable String url) {
        if (url == null) {
            throw new IllegalArgumentException("The build made no " + name);
        }
        return url;
    }

    private static Map<String, String> scripts() {
        try (InputStream in = METAFILE.getInputStream()) {
            JsonNode outputs = JsonMapper.shared().readTree(in.readAllBytes()).path("outputs");
            Map<String, String> scripts = new HashMap<>();
            outputs.properties().forEach(output -> {
                String entry = output.getValue().path("entryPoint").asString("");
                if (!entry.isEmpty()) {
                    scripts.put(lastPart(entry), "/assets/" + lastPart(output.getKey()));
                }
            });
            return Map.copyOf(scripts);
        } catch (IOException e) {
            throw new UncheckedIOException("The browser code was not built; run Maven's process-resources", e);
        }
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String hash(Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return hash(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("There is no file " + resource, e);
        }
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return "%08x".formatted(sum.getValue());
    }
}
