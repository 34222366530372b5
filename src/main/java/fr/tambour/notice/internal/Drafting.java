package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.notice.internal.Notices.Move;
import fr.tambour.people.Actor;
import fr.tambour.storage.Ids;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Beginning, writing and throwing away the working draft. */
@Component
class Drafting {

    private final Notices notices;
    private final Drafts drafts;
    private final Revisions revisions;
    private final Histories histories;
    private final Steps steps;
    private final ContentCleaning cleaning;
    private final Renditions renditions;
    private final ListedTitles titles;
    private final Towns towns;
    private final Ids ids;

    Drafting(
            Notices notices,
            Drafts drafts,
            Revisions revisions,
            Histories histories,
            Steps steps,
            ContentCleaning cleaning,
            Renditions renditions,
            ListedTitles titles,
            Towns towns,
            Ids ids) {
        this.notices = notices;
        this.drafts = drafts;
        this.revisions = revisions;
        this.histories = histories;
        this.steps = steps;
        this.cleaning = cleaning;
        this.renditions = renditions;
        this.titles = titles;
        this.towns = towns;
        this.ids = ids;
    }

    /** A working draft that was opened just now. */
    record Begun(Held notice, long version, Instant at) {

        Saved saved() {
            return new Saved(notice.id(), version, at);
        }
    }

    Saved create(Actor actor, Kind kind) {
        String language = towns.get(actor.town()).language();
        return create(actor, Content.blank(kind, language, renditions.defaults(kind)));
    }

    Saved create(Actor actor, Content content) {
        return begin(actor, content, null).saved();
    }

    Saved create(Actor actor, Content content, String internalNote) {
        return create(actor, content, internalNote, null);
    }

    Saved createExercise(Actor actor, Content content, String internalNote) {
        Alerts.requireEmergency(content.kind());
        return create(actor, content, internalNote, steps.now());
    }

    private Saved create(Actor actor, Content content, String internalNote, @Nullable Instant exerciseSince) {
        Begun begun = begin(actor, content, exerciseSince);
        notices.note(begun.notice(), Remarks.note(internalNote), actor.person(), begun.at());
        return begun.saved();
    }

    private Begun begin(Actor actor, Content content, @Nullable Instant exerciseSince) {
        actor.require(NoticeRights.WRITE);
        Town town = towns.get(actor.town());
        NoticeId id = new NoticeId(ids.next());
        return begin(actor, town, id, cleaning.clean(town, content, List.of(), exerciseSince != null), exerciseSince)
                .orElseThrow(() -> new IllegalStateException("There is a notice " + id + " already"));
    }

    /**
     * A new notice; empty where one with this id is there already.
     *
     * @param exerciseSince since when an exercise is being written; null: it is none
     */
    Optional<Begun> begin(Actor actor, Town town, NoticeId id, Content clean, @Nullable Instant exerciseSince) {
        Instant now = steps.now();
        if (!notices.create(
                id,
                town.id(),
                clean,
                exerciseSince,
                titles.of(town, clean, exerciseSince != null),
                actor.person(),
                now)) {
            return Optional.empty();
        }
        long version = drafts.open(town.id(), id, clean, actor.person(), now);
        Held notice = steps.hold(town.id(), id);
        drafts.contributed(notice, actor.person());
        steps.audit(
                notice, actor.person(), "create", Map.of("kind", clean.kind().name()));
        return Optional.of(new Begun(notice, version, now));
    }

    /** A correction of what is public, which begins with {@code content}. */
    Begun correct(Actor actor, Held notice, Content content) {
        Instant now = steps.now();
        Held moved = steps.take(notice, Action.CORRECT, actor.person(), now, 0, "", null);
        long version = drafts.open(notice.town(), notice.id(), content.withWished(null), actor.person(), now);
        return new Begun(moved, version, now);
    }

    /** @param internalNote empty: it stays as it is */
    Saved save(Actor actor, NoticeId id, long version, Content content, String reason, Optional<String> internalNote) {
        actor.require(NoticeRights.WRITE);
        Town town = towns.get(actor.town());
        Held notice = steps.hold(town.id(), id);
        Steps.require(notice, Action.EDIT);
        boolean isPublic = notice.publicRevision() != null;
        if (isPublic && content.kind() != notice.kind()) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.kind-is-public");
        }
        if (notice.exercise() && content.kind() != Kind.EMERGENCY) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.exercise-stays");
        }
        WorkingDraft before = drafts.of(notice);
        Content clean = cleaning.clean(town, content, said(notice, before), notice.exercise());
        Instant now = steps.now();
        internalNote
                .map(Remarks::note)
                .filter(note -> !note.equals(notice.internalNote()))
                .ifPresent(note -> notices.note(notice, note, actor.person(), now));
        String why = isPublic ? Remarks.comment(reason) : "";
        long stored = drafts.save(notice, version, clean, why, actor.person(), now)
                .orElseThrow(() -> new Refusal(HttpStatus.CONFLICT, "notice.conflict"));
        if (!isPublic) {
            notices.describe(notice, clean, titles.of(town, clean, notice.exercise()));
        }
        if (!clean.equals(before.content()) || !why.equals(before.reason())) {
            drafts.contributed(notice, actor.person());
        }
        if (notice.standing().draft() == DraftState.APPROVED) {
            // Any later change voids the approval: history says so.
            steps.take(notice, Action.EDIT, actor.person(), now, 0, "", null, Map.of("approval", "voided"));
            stored = drafts.unapproved(notice);
        } else {
            notices.move(notice, new Move(notice.standing(), actor.person(), now, null));
        }
        return new Saved(id, stored, now);
    }

    /** What the notice says already, in its draft and in public. */
    private List<Content> said(Held notice, WorkingDraft draft) {
        return Stream.concat(Stream.of(draft.content()), revisions.shown(notice).map(Revision::content).stream())
                .toList();
    }

    void note(Actor actor, NoticeId id, String internalNote) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        notices.note(notice, Remarks.note(internalNote), actor.person(), steps.now());
        // A form that is open shows another note: its next save is a conflict, not a note silently gone.
        drafts.touch(notice);
    }

    void discard(Actor actor, NoticeId id) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        steps.take(notice, Action.DISCARD, actor.person(), steps.now(), 0, "", null);
        drafts.drop(notice);
        if (notice.latestRevision() == 0) {
            // Never submitted: nothing of it is left but what the audit says.
            histories.forget(notice);
            drafts.forgetContributors(notice);
            notices.forget(notice);
        }
    }
}
