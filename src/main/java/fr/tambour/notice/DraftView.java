package fr.tambour.notice;

import fr.tambour.town.Town;
import java.time.Instant;
import java.util.Optional;

/**
 * A draft as checks and channels look at it.
 *
 * @param town whose notice it is
 * @param exercise whether it is an exercise of an alert
 * @param content as it stands
 * @param reason why what is public is corrected; empty before a first publication
 * @param now the moment of looking
 * @param shown what of it is public already, if this is a correction
 */
public record DraftView(
        Town town, boolean exercise, Content content, String reason, Instant now, Optional<Shown> shown) {

    /**
     * What stands publicly while a correction is prepared.
     *
     * @param firstPublished from when on news counts its days
     * @param over whether its end has come: a correction leaves it over unless it prolongs
     * @param content what the public reads
     */
    public record Shown(Instant firstPublished, boolean over, Content content) {

        static Shown of(PublishedNotice notice, Instant now) {
            return new Shown(notice.firstPublishedAt(), notice.overAt(now), notice.content());
        }
    }

    /** {@code content} as a draft of {@code notice}, with the reason that is stored. */
    public static DraftView of(Town town, StaffNotice notice, Content content, Instant now) {
        return of(
                town,
                notice,
                content,
                notice.draft().map(StaffNotice.Draft::reason).orElse(""),
                now);
    }

    /** {@code content} as a draft of {@code notice}. */
    public static DraftView of(Town town, StaffNotice notice, Content content, String reason, Instant now) {
        return new DraftView(
                town,
                notice.exercise(),
                content,
                reason,
                now,
                notice.published().map(published -> Shown.of(published, now)));
    }

    /** {@code content} as something new about what is public. */
    public static DraftView of(Town town, PublishedNotice shown, Content content, Instant now) {
        return new DraftView(town, shown.exercise(), content, "", now, Optional.of(Shown.of(shown, now)));
    }

    /** The town's first language, which is mandatory. */
    public String firstLanguage() {
        return town.languages().getFirst();
    }

    /** When it would come out if it were released now: as wished if that is still ahead; a correction at once. */
    public Instant release() {
        WallTime wished = content.wished();
        return shown.isPresent()
                        || wished == null
                        || !wished.instant(town.zone()).isAfter(now)
                ? now
                : wished.instant(town.zone());
    }

    /** Whether it adds a language to what is public and changes nothing else: that is shown, and told to nobody anew. */
    public boolean onlyTranslates() {
        return shown.filter(stands -> Translations.only(stands.content(), content, firstLanguage()))
                .isPresent();
    }

    /** Whether it would be over as it comes out: then only those hear of it whom the notice reached. */
    public boolean staysOver() {
        Instant at = release();
        return end(at).filter(end -> !end.isAfter(at)).isPresent();
    }

    /** When it would end if it came out at {@code release}; empty where nobody has said and the kind has no default. */
    public Optional<Instant> end(Instant release) {
        return Validity.end(content, town.zone(), release, shown.map(Shown::firstPublished));
    }
}
