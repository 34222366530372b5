package fr.tambour.notice.internal;

import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Words;
import fr.tambour.notice.Correction;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How content lies in the database. Its own mapper: the application's may be configured otherwise tomorrow. */
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
}
