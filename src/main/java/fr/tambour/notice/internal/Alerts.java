package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.internal.Drafting.Begun;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Emergencies: written, approved and out in one step by one authorised person. */
@Component
class Alerts {

    private final Drafts drafts;
    private final Revisions revisions;
    private final Steps steps;
    private final Drafting drafting;
    private final Submitting submitting;
    private final Approving approving;
    private final Publishing publishing;
    private final ContentCleaning cleaning;
    private final Towns towns;

    Alerts(
            Drafts drafts,
            Revisions revisions,
            Steps steps,
            Drafting drafting,
            Submitting submitting,
            Approving approving,
            Publishing publishing,
            ContentCleaning cleaning,
            Towns towns) {
        this.drafts = drafts;
        this.revisions = revisions;
        this.steps = steps;
        this.drafting = drafting;
        this.submitting = submitting;
        this.approving = approving;
        this.publishing = publishing;
        this.cleaning = cleaning;
        this.towns = towns;
    }

    /** @param exerciseSince since when an exercise is being written; null: it is the real thing */
    void release(Actor actor, NoticeId id, Content content, @Nullable Instant exerciseSince) {
        actor.require(NoticeRights.EMERGENCY);
        requireEmergency(content.kind());
        Town town = towns.get(actor.town());
        Content clean = cleaning.clean(town, content, List.of(), exerciseSince != null);
        Optional<Begun> begun = drafting.begin(actor, town, id, clean, exerciseSince);
        if (begun.isPresent()) {
            carryOut(actor, begun.get().notice(), clean, "");
            return;
        }
        Held there = steps.hold(town.id(), id);
        if (there.exercise() != (exerciseSince != null)
                || !isOut(actor, there, Titles.filled(clean, town.language()))) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.alert-already-left");
        }
    }

    /** The same tap came twice: this very alert stands. Other words under its id are another alert, and not out. */
    private boolean isOut(Actor actor, Held notice, Content content) {
        return notice.createdBy().equals(actor.person())
                && notice.standing().publicState() == PublicState.PUBLISHED
                && revisions
                        .find(notice.town(), notice.id(), 1)
                        .filter(first -> first.content().equals(content))
                        .isPresent();
    }

    void correct(Actor actor, NoticeId id, int revision, Content content, String reason) {
        actor.require(NoticeRights.EMERGENCY);
        Town town = towns.get(actor.town());
        Held notice = steps.hold(town.id(), id);
        requireEmergency(notice.kind());
        requireEmergency(content.kind());
        if (!Objects.equals(notice.publicRevision(), revision)) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
        if (notice.standing().draft() != DraftState.NONE) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.correction-under-way");
        }
        Steps.require(notice, Action.CORRECT);
        Content stands = revisions.shown(notice).orElseThrow().content();
        Begun opened = drafting.correct(actor, notice, stands);
        Content clean = cleaning.clean(town, content, List.of(stands), notice.exercise());
        String why = Remarks.reason(reason);
        drafts.save(opened.notice(), opened.version(), clean, why, actor.person(), opened.at());
        drafts.contributed(opened.notice(), actor.person());
        carryOut(actor, opened.notice(), clean, why);
    }

    private void carryOut(Actor actor, Held draft, Content content, String reason) {
        Held submitted = frozen(actor, draft, content, reason);
        Held approved = approving.approve(actor, submitted, submitted.latestRevision(), "");
        publishing.publish(approved, publishing.approved(approved, drafts.of(approved)), actor.person(), steps.now());
    }

    private Held frozen(Actor actor, Held draft, Content content, String reason) {
        try {
            return submitting.freeze(actor, draft, content, reason, "");
        } catch (Incomplete e) {
            throw e.ofAlert();
        }
    }

    static void requireEmergency(Kind kind) {
        if (kind != Kind.EMERGENCY) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.not-an-emergency");
        }
    }
}
