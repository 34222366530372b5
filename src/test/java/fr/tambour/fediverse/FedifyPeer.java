package fr.tambour.fediverse;

import fr.tambour.testing.Ports;
import fr.tambour.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fedify (npm), a server of the fediverse that nobody here wrote, with one account. */
final class FedifyPeer implements AutoCloseable {

    private static final String VERSION = "2.3.6";
    private static final String BLURHASH = "2.0.5";
    private static final int OLDEST_NODE = 20;
    private static final Path FOLDER = Path.of("target", "fedify-" + VERSION);
    private static final Path SCRIPT = Path.of("src", "test", "js", "fedify-peer.mjs");

    private final Process process;
    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();

    private FedifyPeer(Process process, int port) {
        this.process = process;
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** Whether node is here, not older than {@value #OLDEST_NODE}, and npm has brought it, now or before. */
    static boolean isThere() throws IOException, InterruptedException {
        return Programs.find("npm").isPresent()
                && Programs.find("node").isPresent()
                && nodeVersion() >= OLDEST_NODE
                && isInstalled();
    }

    private static int nodeVersion() throws IOException {
        String said =
                new ProcessBuilder("node", "--version").start().inputReader().readLine();
        Matcher version = Pattern.compile("v([0-9]+)\\..*").matcher(String.valueOf(said));
        return version.matches() ? Integer.parseInt(version.group(1)) : 0;
    }

    private static synchronized boolean isInstalled() throws IOException, InterruptedException {
        if (Files.exists(FOLDER.resolve("node_modules/@fedify/vocab/package.json"))
                && Files.exists(FOLDER.resolve("node_modules/blurhash/package.json"))) {
            return true;
        }
        Files.createDirectories(FOLDER);
        return new ProcessBuilder(
                                "npm",
                                "install",
                                "--silent",
                                "--no-audit",
                                "--no-fund",
                                "--prefix",
                                FOLDER.toString(),
                                "@fedify/fedify@" + VERSION,
                                "@fedify/vocab@" + VERSION,
                                "blurhash@" + BLURHASH)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Of what {@link #isThere}. */
    static FedifyPeer start() throws IOException {
        return start("open");
    }

    /** Its account is shown to whoever signs alone. */
    static FedifyPeer gated() throws IOException {
        return start("gated");
    }

    private static FedifyPeer start(String how) throws IOException {
        Files.copy(SCRIPT, FOLDER.resolve("peer.mjs"), StandardCopyOption.REPLACE_EXISTING);
        int port = Ports.free();
        Process process = new ProcessBuilder("node", "peer.mjs", Integer.toString(port), how)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = process.inputReader();
        List<String> before = new ArrayList<>();
        for (String line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
            if (line == null) {
                throw new IOException("Fedify did not start: " + String.join("\n", before));
            }
            before.add(line);
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(line -> {}));
        return new FedifyPeer(process, port);
    }

    JsonNode does(String action, String name, Object value) throws IOException, InterruptedException {
        return asked(
                "/do/" + action + "?" + name + "=" + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
    }

    /** What came into its inbox, its signature verified, oldest first. */
    List<JsonNode> seen() {
        try {
            List<JsonNode> all = new ArrayList<>();
            asked("/seen").forEach(all::add);
            return all;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<JsonNode> seen(String type) {
        return seen().stream()
                .filter(activity -> activity.path("type").asString("").equals(type))
                .toList();
    }

    private JsonNode asked(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
