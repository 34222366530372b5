package fr.tambour.website.site;

import fr.tambour.notice.Content;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.Rendition;
import fr.tambour.text.Typography;
import fr.tambour.website.internal.WebsiteChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words of a notice for a page in one language: those of the page's language where they were approved, else those of the town's first;
 * in the typography of their own language.
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
        Locale locale = Locale.forLanguageTag(told);
        Content.Words facts = typeset(words, locale);
        return rendition == null
                ? new Told(told, facts.title(), facts.summary(), words.body(), facts)
                : new Told(
                        told,
                        Typography.of(rendition.text("title"), locale),
                        Typography.of(rendition.text("summary"), locale),
                        rendition.text("body"),
                        facts);
    }

    /** The body is set where its Markdown becomes HTML. */
    private static Content.Words typeset(Content.Words words, Locale locale) {
        return new Content.Words(
                Typography.of(words.title(), locale),
                Typography.of(words.summary(), locale),
                words.body(),
                Typography.of(words.price(), locale),
                Typography.of(words.accessibility(), locale),
                Typography.of(words.instruction(), locale));
    }

    /** The language where it is not the page's own, for {@code lang} and the word beside it. */
    @Nullable
    String other(String page) {
        return language.equals(page) ? null : language;
    }
}
