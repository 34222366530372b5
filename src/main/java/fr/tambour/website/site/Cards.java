package fr.tambour.website.site;

import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Kind;
import fr.tambour.notice.PublishedNotice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices as the lists of one reading show them. */
final class Cards {

    private final Reading reading;
    private final Dates dates;
    private final @Nullable Shots shots;

    private Cards(Reading reading, @Nullable Shots shots) {
        this.reading = reading;
        this.dates = new Dates(reading);
        this.shots = shots;
    }

    static Cards with(Shots shots, Reading reading) {
        return new Cards(reading, shots);
    }

    static Cards withoutPictures(Reading reading) {
        return new Cards(reading, null);
    }

    Card of(PublishedNotice notice) {
        return of(List.of(notice)).getFirst();
    }

    List<Card> of(List<PublishedNotice> notices) {
        List<PictureUse> leading =
                notices.stream().flatMap(notice -> leading(notice).stream()).toList();
        Map<PictureUse, Shot> pictures = shots == null ? Map.of() : shots.of(leading, reading);
        return notices.stream().map(notice -> of(notice, pictures)).toList();
    }

    private static Optional<PictureUse> leading(PublishedNotice notice) {
        return notice.content().pictures().stream().findFirst();
    }

    private Card of(PublishedNotice notice, Map<PictureUse, Shot> pictures) {
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
                leading(notice).map(pictures::get).orElse(null),
                dates.line(notice),
                notice.kind() == Kind.PRACTICAL ? dates.datum(notice) : null,
                notice.overAt(reading.now()) ? null : notice.until().toEpochMilli());
    }
}
