package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.website.internal.WebsiteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The words of a notice for a page in one language: those of the page's language where they were approved, else those of the town's first.
 *
 * @param language BCP 47 tag of the words
 * @param facts the words beside title, summary and body
 */
record Told(String language, String title, String summary, String body, Content.Words facts) {

    static Told of(PublishedNotice notice, String language, String first) {
        Rendition rendition =
                notice.rendition(WebsiteChannel.NAME, language, first).orElse(null);
        String told = rendition == null
                ? (notice.content().words().containsKey(language) ? language : first)
                : rendition.language();
        Content.Words words = notice.content().in(told);
        return rendition == null
                ? new Told(told, words.title(), words.summary(), words.body(), words)
                : new Told(told, rendition.text("title"), rendition.text("summary"), rendition.text("body"), words);
    }

    /** The language where it is not the page's own, for {@code lang} and the word beside it. */
    @Nullable
    String other(String page) {
        return language.equals(page) ? null : language;
    }
}
