package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import fr.tambour.notice.Rendition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How content lies in the database, and what approval is bound to. Its own mapper: the application's may be configured
 * otherwise tomorrow, and what was approved must still hash to the same.
 */
@Component
class ContentJson {

    private final JsonMapper json = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    String write(Object value) {
        return json.writeValueAsString(value);
    }

    Content content(String text) {
        return json.readValue(text, Content.class);
    }

    Words words(String text) {
        return json.readValue(text, Words.class);
    }

    /** The content but for its words, which lie in rows of their own. */
    String facts(Content content) {
        return write(content.withAllWords(new TreeMap<>()));
    }

    Content content(String facts, SortedMap<String, Words> words) {
        return content(facts).withAllWords(words);
    }

    SortedMap<String, String> fields(String text) {
        return json.readValue(text, new TypeReference<TreeMap<String, String>>() {});
    }

    List<Correction.Change> changes(String text) {
        return json.readValue(text, new TypeReference<List<Correction.Change>>() {});
    }

    /** SHA-256, hex, over all that is shown and to whom: the content and every rendition. */
    String hash(Content content, List<Rendition> renditions) {
        List<Rendition> ordered = new ArrayList<>(renditions);
        ordered.sort(Comparator.comparing(Rendition::channel).thenComparing(Rendition::language));
        String canonical = write(Map.of("content", content, "renditions", ordered));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
