package fr.tambour.fediverse.internal;

import fr.tambour.conversation.Author;
import fr.tambour.conversation.Remark;
import fr.tambour.conversation.Wording;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Posts of other servers, read as what somebody said. */
final class Remarks {

    /** What people write; all of it has words in {@code content}. */
    private static final long YEAR_3000_S = 32_503_680_000L;

    private static final Set<String> TYPES = Set.of("Note", "Article", "Page", "Question");

    private static final Set<String> PUBLIC = Set.of(Contexts.PUBLIC, "as:Public", "Public");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");

    private Remarks() {}

    /** Whether it is a post, which stands where its author does and says whose it is. */
    static boolean isBy(URI author, JsonNode object) {
        return TYPES.contains(StrangeJson.text(object, "type"))
                && StrangeJson.id(object)
                        .filter(id -> StrangeJson.sameHost(id, author))
                        .isPresent()
                && StrangeJson.ids(object.path("attributedTo")).anyMatch(author::equals);
    }

    /** Whether it calls an account: by a mention, or because it is sent to it. */
    static boolean mentions(JsonNode object, Predicate<URI> account) {
        return Stream.concat(
                        StrangeJson.each(object.path("tag")).stream()
                                .filter(tag -> StrangeJson.text(tag, "type").equals("Mention"))
                                .map(tag -> tag.path("href")),
                        addressees(object))
                .flatMap(it -> StrangeJson.id(it).stream())
                .anyMatch(account);
    }

    private static Stream<JsonNode> addressees(JsonNode object) {
        return Stream.of("to", "cc").flatMap(field -> StrangeJson.each(object.path(field)).stream());
    }

    /** About nothing yet: what it answers is known by whoever keeps it. */
    static Remark read(RemoteActor author, JsonNode object, Instant now) {
        String id = StrangeJson.id(object).orElseThrow().toString();
        String content = content(object);
        String warning = StrangeJson.text(object, "summary");
        return new Remark(
                FediverseChannel.NAME,
                id,
                new Author(
                        author.uri().toString(),
                        author.handle(),
                        author.displayed(),
                        author.page().toString(),
                        author.uri().getRawAuthority(),
                        author.inbox().toString()),
                Wording.of(
                        warning.isBlank()
                                ? content
                                : "<p>" + HtmlUtils.htmlEscape(warning, "UTF-8") + "</p>" + content),
                StrangeJson.each(object.path("attachment")).stream()
                        .flatMap(attachment -> address(attachment).stream())
                        .map(URI::toString)
                        .toList(),
                language(object),
                page(object).map(URI::toString).orElse(id),
                addressees(object).anyMatch(it -> it.isString() && PUBLIC.contains(it.asString())),
                null,
                StrangeJson.ids(object.path("inReplyTo"))
                        .findFirst()
                        .map(URI::toString)
                        .orElse(""),
                moment(StrangeJson.text(object, "published")).orElse(now),
                moment(StrangeJson.text(object, "updated")).orElse(null));
    }

    /** Some say it by language alone. */
    private static String content(JsonNode object) {
        String content = StrangeJson.text(object, "content");
        return content.isEmpty()
                ? object.path("contentMap")
                        .valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .findFirst()
                        .orElse("")
                : content;
    }

    private static Optional<URI> page(JsonNode object) {
        URI id = StrangeJson.id(object).orElseThrow();
        return StrangeJson.each(object.path("url")).stream()
                .flatMap(url -> address(url).stream())
                .filter(url -> StrangeJson.sameHost(url, id))
                .findFirst();
    }

    /** Of a link, or of a file that is described. */
    private static Optional<URI> address(JsonNode value) {
        if (value.isString()) {
            return StrangeJson.address(value.asString());
        }
        List<JsonNode> urls = StrangeJson.each(value.path("url"));
        return Stream.concat(
                        Stream.of(StrangeJson.text(value, "href")),
                        urls.stream().map(url -> url.isString() ? url.asString() : StrangeJson.text(url, "href")))
                .flatMap(text -> StrangeJson.address(text).stream())
                .findFirst();
    }

    /** The one of its text, where it has one language and says which; Lemmy says it in a field of its own. */
    private static String language(JsonNode object) {
        JsonNode map = object.path("contentMap");
        String only = map.isObject() && map.size() == 1
                ? map.propertyNames().iterator().next()
                : StrangeJson.text(object.path("language"), "identifier");
        return LANGUAGE.matcher(only).matches() ? only : "";
    }

    /** Nothing where no post can be of that time. */
    private static Optional<Instant> moment(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant())
                            .filter(at -> at.getEpochSecond() >= 0 && at.getEpochSecond() < YEAR_3000_S);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
