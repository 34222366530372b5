package fr.tambour.website.site;

import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices as the lists of one reading show them. */
final class Cards {

    private final Reading reading;
    private final Dates dates;
    private final Shots shots;

    Cards(Reading reading, Shots shots) {
        this.reading = reading;
        this.dates = new Dates(reading);
        this.shots = shots;
    }

    List<Card> of(List<PublishedNotice> notices) {
        return notices.stream().map(this::of).toList();
    }

    Card of(PublishedNotice notice) {
        Told told = Told.of(notice, reading.language(), reading.first());
        return new Card(
                Permalink.of(notice),
                notice.kind(),
                Kinds.icon(notice.kind()),
                reading.words().get(Kinds.key(notice.kind())),
                told.title(),
                told.summary(),
                told.other(reading.language()),
                picture(notice).orElse(null),
                dates.line(notice),
                notice.kind() == Kind.PRACTICAL ? dates.datum(notice) : null);
    }

    private Optional<Shot> picture(PublishedNotice notice) {
        return notice.content().pictures().stream().findFirst().flatMap(use -> shot(use));
    }

    /** Pictures in lists stand beside their title: only a described one is read out. */
    Optional<Shot> shot(PictureUse use) {
        return shots.of(reading.town(), use, reading.language(), reading.first());
    }

    @Nullable
    Card firstWithPicture(List<Card> cards) {
        return cards.stream().filter(card -> card.picture() != null).findFirst().orElse(null);
    }
}
