package fr.tambour.fediverse.internal;

import fr.tambour.text.Clean;
import fr.tambour.text.Counting;
import fr.tambour.text.ForeignHtml;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a document says of a post. Nothing that it says of itself is believed beyond the host that it came from. */
sealed interface PostReading {

    /**
     * @param id its identifier
     * @param author who says to have written it
     * @param page where people find it
     * @param text its words alone, bounded
     * @param language BCP 47 tag; null where it does not say
     */
    record Found(
            URI id,
            URI author,
            URI page,
            String text,
            @Nullable String language) implements PostReading {

        /** By which it is seen whether it is still what somebody has looked at. */
        String digest() {
            return Digests.hex(id + "\n" + author + "\n" + text);
        }
    }

    /** Its own server says what it is. */
    record Elsewhere(URI address) implements PostReading {}

    /** There is something, and it is not for everybody. */
    record Closed() implements PostReading {}

    record None() implements PostReading {}

    /** What is written, and what is told of a meeting or a film. */
    Set<String> TYPES = Set.of("Note", "Article", "Page", "Question", "Event", "Video");

    Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");

    /** Graphemes of what is shown. */
    int LENGTH = 1_000;

    /** More than that is not even looked at. */
    int MOST_UNITS = 20_000;

    /** @param address from which it came, redirects followed */
    static PostReading of(URI address, ObjectNode document) {
        Optional<URI> id = StrangeJson.id(document);
        if (id.isEmpty() || !TYPES.contains(StrangeJson.text(document, "type"))) {
            return new None();
        }
        // On a host where several publish, each speaks for their own address alone.
        return id.get().equals(ActorReading.bare(address)) ? read(id.get(), document) : new Elsewhere(id.get());
    }

    /** @param id its own, which it surely is */
    static PostReading read(URI id, ObjectNode document) {
        Optional<URI> author = StrangeJson.ids(document.path("attributedTo"))
                .filter(one -> StrangeJson.sameHost(one, id))
                .findFirst();
        if (author.isEmpty()) {
            return new None();
        }
        return Contexts.isPublic(document)
                ? new Found(id, author.get(), page(id, document), text(document), language(document))
                : new Closed();
    }

    private static URI page(URI id, ObjectNode document) {
        return StrangeJson.each(document.path("url")).stream()
                .map(one -> one.isString() ? one.asString() : StrangeJson.text(one, "href"))
                .flatMap(text -> StrangeJson.address(text).stream())
                .filter(one -> StrangeJson.sameHost(one, id))
                .findFirst()
                .orElse(id);
    }

    /** Its title and its warning stand first. */
    private static String text(ObjectNode document) {
        String whole = Stream.of("name", "summary", "content")
                .map(field -> StrangeJson.text(document, field))
                .map(part -> part.substring(0, Math.min(part.length(), MOST_UNITS)))
                .map(part -> ForeignHtml.plain(ForeignHtml.of(part)))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n"));
        String clean = Clean.block(whole, MOST_UNITS * 3);
        return Counting.exceeds(clean, LENGTH)
                ? Counting.firstGraphemes(clean, LENGTH - 1).stripTrailing() + "…"
                : clean;
    }

    private static @Nullable String language(ObjectNode document) {
        JsonNode map = document.path("contentMap");
        return map.isObject() && map.size() == 1
                ? map.propertyNames().stream()
                        .filter(tag -> LANGUAGE.matcher(tag).matches())
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
