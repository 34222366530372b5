package fr.tambour.feed.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
@Component
class JsonFeed {

    private final JsonMapper json = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Document(
            String version,
            String title,
            @JsonProperty("home_page_url") String homePageUrl,
            @JsonProperty("feed_url") String feedUrl,
            String description,
            String language,
            List<Author> authors,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Item> items) {}

    record Author(String name, String url) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Item(
            String id,
            String url,
            String title,
            String summary,
            @JsonProperty("content_html") String contentHtml,
            @JsonProperty("date_published") String datePublished,
            @JsonProperty("date_modified") String dateModified,
            String language,
            @Nullable String image,
            List<String> tags) {}

    String write(Feed feed) {
        return json.writeValueAsString(new Document(
                "https://jsonfeed.org/version/1.1",
                feed.title(),
                feed.home(),
                feed.self() + ".json",
                feed.description(),
                feed.language(),
                List.of(new Author(feed.town().fullName(), feed.town().baseUrl().toString())),
                feed.told().stream().map(JsonFeed::item).toList()));
    }

    private static Item item(Feed.Entry entry) {
        return new Item(
                entry.id(),
                entry.url(),
                entry.title(),
                entry.summary(),
                entry.html(),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(entry.published().atOffset(ZoneOffset.UTC)),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(entry.updated().atOffset(ZoneOffset.UTC)),
                entry.language(),
                entry.picture() == null ? null : entry.picture().url(),
                entry.categories());
    }
}
