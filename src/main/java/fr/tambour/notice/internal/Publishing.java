package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.PictureUse;
import fr.tambour.notice.Correction;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.Translations;
import fr.tambour.notice.Validity;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.PersonId;
import fr.tambour.text.Slug;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The publishing transaction: the revision becomes public, its dispatches and the audit entry with it, or nothing does. */
@Component
class Publishing {

    private final Notices notices;
    private final Drafts drafts;
    private final Revisions revisions;
    private final Steps steps;
    private final Towns towns;
    private final ListedTitles titles;

    Publishing(Notices notices, Drafts drafts, Revisions revisions, Steps steps, Towns towns, ListedTitles titles) {
        this.titles = titles;
        this.notices = notices;
        this.drafts = drafts;
        this.revisions = revisions;
        this.steps = steps;
        this.towns = towns;
    }

    /** The approved revision, read back whole: what was approved is what goes out, byte for byte. */
    Revision approved(Held notice, WorkingDraft draft) {
        String hash = draft.approvedHash();
        if (hash == null) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.not-approved");
        }
        int number = draft.number();
        Revision revision = revisions.find(notice.town(), notice.id(), number).orElseThrow();
        if (!revisions.fingerprint(notice.town(), notice.id(), number).equals(hash)) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.not-what-was-approved");
        }
        return revision;
    }

    /** The end it would have; in the past or at {@code at} means that it may not go out any more. */
    Optional<Instant> end(Held notice, Content content, Instant at) {
        return Validity.end(content, zone(notice), at, Optional.ofNullable(notice.firstPublishedAt()));
    }

    void publish(Held notice, Revision revision, PersonId by, Instant at) {
        Content content = revision.content();
        Optional<Instant> end = end(notice, content, at);
        boolean over = end.filter(until -> until.isAfter(at)).isEmpty();
        boolean staysOver = over && notice.standing().publicState() == PublicState.EXPIRED;
        if (over && !staysOver) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.over");
        }
        Instant until = end.orElseGet(() -> Objects.requireNonNull(notice.until()));
        Town town = towns.get(notice.town());
        String title = titles.of(town, content, notice.exercise());
        Optional<Revision> before = revisions.shown(notice);
        Occasion occasion = occasion(before.map(Revision::content), content, town.language());
        Held moved = steps.take(
                notice, staysOver ? Action.AMEND : Action.PUBLISH, by, at, revision.number(), revision.reason(), null);
        notices.publish(
                moved, revision.number(), content, title, Slug.of(title), at, until, starts(content, town.zone()));
        revisions.published(moved, revision.number(), at);
        if (occasion == Occasion.CORRECTION) {
            revisions.corrected(moved, correction(notice, before.orElseThrow(), revision, at, until));
        }
        drafts.drop(moved);
        drafts.forgetContributors(moved);
        steps.tell(new NoticeStep.Step.Published(
                notice.town(),
                notice.id(),
                at,
                revision.number(),
                occasion,
                content.kind(),
                notice.exercise(),
                content.themes(),
                content.districts(),
                content.channels(),
                content.pictures().stream().map(PictureUse::hash).distinct().toList(),
                until));
    }

    /** What the public sees so far. */
    Optional<Content> before(Held notice) {
        return revisions.shown(notice).map(Revision::content);
    }

    static Occasion occasion(Optional<Content> before, Content after, String firstLanguage) {
        if (before.isEmpty()) {
            return Occasion.PUBLICATION;
        }
        return Translations.only(before.get(), after, firstLanguage) ? Occasion.TRANSLATION : Occasion.CORRECTION;
    }

    private Correction correction(Held notice, Revision before, Revision revision, Instant at, Instant until) {
        return new Correction(
                revision.number(),
                at,
                revision.reason(),
                Changes.between(before, notice.until(), revision, until, zone(notice)));
    }

    void expire(Held notice, Instant at) {
        Held moved = steps.take(notice, Action.EXPIRE, Steps.CLOCK, at, shown(notice), "", null);
        notices.ended(moved, at);
        steps.tell(new NoticeStep.Step.Expired(notice.town(), notice.id(), at, notice.exercise(), shown(notice)));
    }

    void withdraw(Held notice, String reason, PersonId by, Instant at) {
        Held moved = steps.take(notice, Action.WITHDRAW, by, at, shown(notice), reason, null);
        notices.withdraw(moved, at, reason);
        drafts.drop(moved);
        steps.tell(new NoticeStep.Step.Withdrawn(notice.town(), notice.id(), at, notice.exercise(), shown(notice)));
    }

    private static int shown(Held notice) {
        return Objects.requireNonNull(notice.publicRevision());
    }

    private ZoneId zone(Held notice) {
        return towns.get(notice.town()).zone();
    }

    private static @Nullable Instant starts(Content content, ZoneId zone) {
        if (content.kind() != Kind.EVENT || content.event() == null) {
            return null;
        }
        var occurrences = Occurrences.of(content.event(), zone);
        return occurrences.isEmpty() ? null : occurrences.getFirst().start();
    }
}
