package fr.tambour.website.site;

import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import java.util.List;
import java.util.Optional;

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
                told.other(reading.language()) == null
                        ? null
                        : reading.words("website.in-language", reading.words().languageName(told.language())),
                picture(notice).orElse(null),
                dates.line(notice),
                notice.kind() == Kind.PRACTICAL ? dates.datum(notice) : null);
    }

    private Optional<Shot> picture(PublishedNotice notice) {
        return notice.content().pictures().stream()
                .findFirst()
                .flatMap(use -> shots.of(reading.town(), use, reading.language(), reading.first()));
    }
}
