package fr.tambour.feed.internal;

import fr.tambour.notice.PublicNotices.Gone;
import fr.tambour.notice.PublishedNotice;
import fr.tambour.notice.WhenAndWhere;
import fr.tambour.text.Typography;
import fr.tambour.town.Town;
import fr.tambour.ui.Words;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sentences of a feed in its language, with the town's clock. */
@Component
class FeedWords {

    private final Words words;

    FeedWords(Words words) {
        this.words = words;
    }

    Words in(String language) {
        return words.in(Locale.forLanguageTag(language));
    }

    /** « 23 novembre 2026 à 14 h 10 ». */
    String day(Instant at, Town town, Locale locale) {
        return words.in(locale).moment(at.atZone(town.zone()));
    }

    /** When and where an event takes place, in one line. */
    Optional<String> when(PublishedNotice notice, Town town, Locale locale) {
        return WhenAndWhere.of(notice.content(), town.zone(), words.in(locale));
    }

    /** Which notice is gone: its kind and when it came out. Nothing of what it said leaves any more, its title included. */
    String gone(Gone gone, Town town, Locale locale) {
        Words here = words.in(locale);
        return here.get(
                how(gone) + ".title",
                here.get("feed.kind.one." + gone.notice().kind()),
                day(gone.notice().firstPublishedAt(), town, locale));
    }

    /** Why: the reason of its withdrawal or of its correction, and where it is still read. */
    String why(Gone gone, Town town, Locale locale) {
        String reason = Typography.of(gone.reason(), town.locale());
        return gone.withdrawn()
                ? reason
                : words.in(locale).get(how(gone) + ".why", reason).strip();
    }

    private static String how(Gone gone) {
        if (gone.withdrawn()) {
            return "feed.withdrawn";
        }
        return gone.over() ? "feed.over" : "feed.left";
    }
}
