package fr.tambour.fediverse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a kind of server sends, written anew from what it documents of itself: a folder beside this class of its accounts, its
 * activities, and of what is to become of them ({@code server.json}).
 */
final class Implementation {

    private static final Path ALL =
            Path.of("src", "test", "resources", "fr", "tambour", "fediverse", "implementations");

    private final String name;
    private final Stranger stranger;
    private final Map<String, String> blanks;
    private final JsonNode server;

    /** @param blanks what stands in place of what, beside where it is itself and its key */
    Implementation(String name, Stranger stranger, Map<String, String> blanks) {
        this.name = name;
        this.stranger = stranger;
        this.blanks = blanks;
        this.server = JsonMapper.shared().readTree(read("server").orElseThrow());
        server.path("documents")
                .forEachEntry((path, document) ->
                        stranger.shows(path, read(document.asString()).orElseThrow()));
    }

    static Stream<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** What is to be done nothing about, by name. */
    List<String> ignored() throws IOException {
        try (Stream<Path> files = Files.list(ALL.resolve(name))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(file -> file.startsWith("ignored-"))
                    .sorted()
                    .toList();
        }
    }

    private Optional<String> read(String file) {
        try (InputStream in =
                Implementation.class.getResourceAsStream("implementations/" + name + "/" + file + ".json")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(filled(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filled(String text) {
        String filled = text.replace("{here}", stranger.at("").toString()).replace("{pem}", stranger.pem());
        for (Map.Entry<String, String> blank : blanks.entrySet()) {
            filled = filled.replace("{" + blank.getKey() + "}", blank.getValue());
        }
        return filled;
    }

    /** Of what it is to have said, or of whom; null where that is not told. */
    String expected(String field) {
        return server.path(field).isString() ? server.path(field).asString() : null;
    }

    List<String> attachments() {
        return server.path("attachments").valueStream().map(JsonNode::asString).toList();
    }

    Optional<JsonNode> activity(String what) {
        return read(what).map(JsonMapper.shared()::readTree);
    }

    /** As it signs such, with the key of whoever does it. */
    HttpResponse<String> sends(URI inbox, String what) throws Exception {
        String body = read(what).orElseThrow();
        String actor = JsonMapper.shared().readTree(body).path("actor").asString();
        String key = server.path("keys").path(actor).asString(expected("key"));
        Stranger.Sending sending = new Stranger.Sending(Objects.requireNonNull(key), body);
        sending.covers = List.of(Objects.requireNonNull(expected("signs")).split(" "));
        sending.algorithm = Objects.requireNonNull(expected("algorithm"));
        sending.type = Objects.requireNonNull(expected("type"));
        return stranger.sendsOnce(inbox, sending);
    }
}
