package fr.tambour.fediverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The examples of docs/protocol/fediverse.md, each held against what is really sent: the same names, and the same values but for what
 * is another each time (times, numbers, keys, digests) and for the addresses of this machine.
 */
final class ProtocolPage {

    private static final Path PAGE = Path.of("docs/protocol/fediverse.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private static final String OURS = "https://clairval.example";
    private static final String THEIRS = "https://other.example";

    /** Whichever it is. */
    private static final String NOTICE = "0nk2b8x4t9qz1";

    private final SoftAssertions all = new SoftAssertions();
    private final List<JsonNode> left = new ArrayList<>();
    private final URI ours;
    private final URI theirs;

    /** @param ours and {@code theirs} the addresses that stand for those of the page */
    ProtocolPage(URI ours, URI theirs) {
        this.ours = ours;
        this.theirs = theirs;
        try {
            Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
            while (examples.find()) {
                String text = examples.group(1).strip();
                left.add(JsonMapper.shared().readTree(text.startsWith("{") ? text : "{" + text + "}"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that has this type and this in it; from then on it counts as looked at. */
    JsonNode example(String type, String part) {
        JsonNode found = left.stream()
                .filter(one -> one.path("type").asString("").equals(type)
                        && one.toString().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No example of a " + type + " with " + part));
        left.remove(found);
        return found;
    }

    /** What others send, as the page shows it, from this machine's addresses. */
    String sent(String type, String part, String notice) {
        return example(type, part)
                .toString()
                .replace(OURS, bare(ours))
                .replace(THEIRS, bare(theirs))
                .replace(NOTICE, notice);
    }

    void isSent(JsonNode example, JsonNode real) {
        JsonNode shown = plain(example, example);
        JsonNode sent = plain(real, example);
        all.assertThat(sent.toPrettyString())
                .as(example.path("type").asString("") + " " + example.path("id").asString(""))
                .isEqualTo(shown.toPrettyString());
    }

    /** Each example was held against something, and was like it. */
    void isTrue() {
        all.assertAll();
        assertThat(left).as("examples that nothing was held against").isEmpty();
    }

    private static String bare(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private JsonNode plain(JsonNode node, JsonNode example) {
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object && object.path("@context") instanceof ArrayNode terms) {
            for (int i = 0; i < terms.size(); i++) {
                if (example.path("@context").path(i).isObject()
                        && example.path("@context").path(i).isEmpty()) {
                    terms.set(i, JsonMapper.shared().createObjectNode());
                }
            }
        }
        return sorted(JsonMapper.shared().readTree(plain(copy.toString())));
    }

    private String plain(String text) {
        // Which kind of space stands before a colon nobody sees on the page.
        return text.replace('\u00a0', ' ')
                .replace(bare(ours), OURS)
                .replace(bare(theirs), THEIRS)
                .replace(ours.getRawAuthority(), "clairval.example")
                .replace(theirs.getRawAuthority(), "other.example")
                .replace("\"127.0.0.1\"", "\"clairval.example\"")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})", "TIME")
                .replaceAll("-----BEGIN PUBLIC KEY-----[^\"]*", "KEY")
                .replaceAll("\"blurhash\":\"[^\"]+\"", "\"blurhash\":\"BLURHASH\"")
                .replaceAll("/images/[0-9a-f]+…?/", "/images/HASH/")
                .replaceAll("#([a-z]+)-(?:[0-9a-f]{64}|…)", "#$1-HASH")
                .replaceAll("(?<=/avis/|/partages/|#add-)[0-9a-z]{13}", "REF")
                .replaceAll("\\?v=[0-9]+", "?v=VERSION")
                .replaceAll("[0-9]{13,19}", "NUMBER");
    }

    /** By their names, and without what stands there twice because both of our names are one here. */
    private static JsonNode sorted(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                ObjectNode ordered = JsonMapper.shared().createObjectNode();
                object.propertyNames().stream().sorted().forEach(name -> ordered.set(name, sorted(object.get(name))));
                return ordered;
            }
            case ArrayNode array -> {
                ArrayNode once = JsonMapper.shared().createArrayNode();
                array.valueStream()
                        .map(ProtocolPage::sorted)
                        .filter(one -> !one.isString() || once.valueStream().noneMatch(one::equals))
                        .forEach(once::add);
                return once;
            }
            default -> {
                return node;
            }
        }
    }
}
