package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.ApprovalPolicies;
import fr.tambour.notice.ApprovalPolicy;
import fr.tambour.notice.Checks;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DraftState;
import fr.tambour.notice.DraftView;
import fr.tambour.notice.Finding;
import fr.tambour.notice.Incomplete;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.NoticeStep.Occasion;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.Rendition;
import fr.tambour.notice.StaffNotice;
import fr.tambour.notice.StaffNotice.Draft;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.WallTime;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.text.Clean;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class TransactionalDesk implements NoticeDesk {

    /** Reasons and comments, in graphemes. */
    private static final int REASON_MOST = 1_000;

    private static final int NOTE_MOST = 4_000;

    private final Notices notices;
    private final DeskQueries queries;
    private final Revisions revisions;
    private final Steps steps;
    private final Publishing publishing;
    private final Renditions renditions;
    private final Checks checks;
    private final ContentCleaning cleaning;
    private final ApprovalPolicies policies;
    private final ApprovedHashes hashes;
    private final OffSchedule offSchedule;
    private final Towns towns;
    private final Ids ids;
    private final Clock clock;

    TransactionalDesk(
            Notices notices,
            DeskQueries queries,
            Revisions revisions,
            Steps steps,
            Publishing publishing,
            Renditions renditions,
            Checks checks,
            ContentCleaning cleaning,
            ApprovalPolicies policies,
            ApprovedHashes hashes,
            OffSchedule offSchedule,
            Towns towns,
            Ids ids,
            Clock clock) {
        this.notices = notices;
        this.queries = queries;
        this.revisions = revisions;
        this.steps = steps;
        this.publishing = publishing;
        this.renditions = renditions;
        this.checks = checks;
        this.cleaning = cleaning;
        this.policies = policies;
        this.hashes = hashes;
        this.offSchedule = offSchedule;
        this.towns = towns;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Saved create(Actor actor, Kind kind) {
        Town town = towns.get(actor.town());
        return create(actor, Content.blank(kind, town.language(), renditions.defaults(kind)));
    }

    @Override
    public Saved create(Actor actor, Content content, String internalNote) {
        Saved begun = create(actor, content);
        notices.note(steps.hold(actor.town(), begun.id()), note(internalNote), actor.person(), begun.at());
        return begun;
    }

    @Override
    public Saved create(Actor actor, Content content) {
        actor.require(NoticeRights.WRITE);
        Town town = towns.get(actor.town());
        Content clean = settled(town, content, List.of());
        NoticeId id = new NoticeId(ids.next());
        Instant now = now();
        if (begin(actor, town, id, clean, now).isEmpty()) {
            throw new IllegalStateException("There is a notice " + id + " already");
        }
        return new Saved(id, 1, now);
    }

    /** A new draft; empty where a notice with this id is there already. */
    private Optional<Held> begin(Actor actor, Town town, NoticeId id, Content clean, Instant now) {
        if (!notices.create(id, town.id(), clean, Titles.of(clean, town.language()), actor.person(), now)) {
            return Optional.empty();
        }
        Held notice = steps.hold(town.id(), id);
        notices.contributed(notice, actor.person());
        steps.audit(
                notice, actor.person(), "create", Map.of("kind", clean.kind().name()));
        return Optional.of(notice);
    }

    @Override
    public Saved save(Actor actor, NoticeId id, long version, Content content, String reason) {
        return save(actor, id, version, content, reason, Optional.empty());
    }

    @Override
    public Saved save(Actor actor, NoticeId id, long version, Content content, String reason, String internalNote) {
        return save(actor, id, version, content, reason, Optional.of(internalNote));
    }

    private Saved save(
            Actor actor, NoticeId id, long version, Content content, String reason, Optional<String> internalNote) {
        actor.require(NoticeRights.WRITE);
        Town town = towns.get(actor.town());
        Held notice = steps.hold(town.id(), id);
        Steps.require(notice, Action.EDIT);
        if (notice.publicRevision() != null && content.kind() != notice.kind()) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.kind-is-public");
        }
        StaffNotice stored = queries.find(town.id(), id).orElseThrow();
        Draft before = stored.draft().orElseThrow();
        Content clean = settled(town, content, known(notice, before));
        Instant now = now();
        internalNote
                .map(TransactionalDesk::note)
                .filter(note -> !note.equals(stored.internalNote()))
                .ifPresent(note -> notices.note(notice, note, actor.person(), now));
        String why = notice.publicRevision() == null ? "" : reason(reason);
        if (!notices.saveDraft(notice, version, clean, Titles.of(clean, town.language()), why, actor.person(), now)) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
        if (!clean.equals(before.content()) || !why.equals(before.reason())) {
            notices.contributed(notice, actor.person());
        }
        if (before.state() == DraftState.APPROVED) {
            // Any later change voids the approval: history says so.
            steps.take(notice, Action.EDIT, actor.person(), now, 0, "", null, Map.of("approval", "voided"));
            notices.unapproved(notice);
            return new Saved(id, version + 2, now);
        }
        notices.move(notice, new Notices.Move(notice.standing(), actor.person(), now, null));
        return new Saved(id, version + 1, now);
    }

    @Override
    public void note(Actor actor, NoticeId id, String internalNote) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        notices.note(notice, note(internalNote), actor.person(), now());
        // A form that is open shows another note: its next save is a conflict, not a note silently gone.
        notices.touchDraft(notice);
    }

    private static String note(String text) {
        return Clean.block(text, NOTE_MOST);
    }

    @Override
    public int submit(Actor actor, NoticeId id, long version, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.SUBMIT);
        Draft draft = draft(notice);
        if (draft.version() != version) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
        return freeze(actor, notice, draft, draft.content(), comment);
    }

    private int freeze(Actor actor, Held notice, Draft draft, Content written, String comment) {
        Town town = towns.get(actor.town());
        Instant now = now();
        Content content = keepingEnd(notice, town, Titles.filled(written.fitted(), town.language()));
        DraftView view = new DraftView(town, content, now, shown(notice, now));
        List<Finding> blocking =
                checks.of(view).stream().filter(Finding::blocks).toList();
        if (!blocking.isEmpty()) {
            throw new Incomplete(blocking);
        }
        boolean correction =
                Publishing.occasion(publishing.before(notice), content, town.language()) == Occasion.CORRECTION;
        if (correction && draft.reason().isBlank()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.correction-without-reason");
        }
        int number = notice.latestRevision() + 1;
        List<Rendition> frozen = renditions.of(view);
        notices.freeze(notice, number, content, frozen, draft.reason(), actor.person(), now);
        steps.take(notice, Action.SUBMIT, actor.person(), now, number, reason(comment), null);
        return number;
    }

    /** An alert's day does not begin anew with each correction: whoever does not prolong it leaves its end. */
    private static Content keepingEnd(Held notice, Town town, Content content) {
        return notice.kind() == Kind.EMERGENCY && notice.until() != null && content.until() == null
                ? content.withUntil(WallTime.of(notice.until(), town.zone()))
                : content;
    }

    private static Optional<DraftView.Shown> shown(Held notice, Instant now) {
        return Optional.ofNullable(notice.firstPublishedAt())
                .map(first -> new DraftView.Shown(first, notice.until() != null && !now.isBefore(notice.until())));
    }

    @Override
    public void takeBack(Actor actor, NoticeId id, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        steps.take(notice, Action.TAKE_BACK, actor.person(), now(), number(notice), reason(comment), null);
        notices.unapproved(notice);
    }

    @Override
    public void askChanges(Actor actor, NoticeId id, int revision, String comment) {
        actor.require(NoticeRights.APPROVE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.ASK_CHANGES);
        sameRevision(notice, revision);
        steps.take(notice, Action.ASK_CHANGES, actor.person(), now(), revision, said(comment), null);
        notices.unapproved(notice);
    }

    @Override
    public void approve(Actor actor, NoticeId id, int revision, String comment, Release release) {
        actor.require(NoticeRights.APPROVE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.APPROVE);
        sameRevision(notice, revision);
        Held approved = approve(actor, notice, revision, reason(comment));
        release(actor, approved, release);
    }

    private Held approve(Actor actor, Held notice, int number, String comment) {
        requireAlertRight(actor, notice);
        Set<PersonId> contributors = notices.contributors(notice.town(), notice.id());
        boolean own = contributors.contains(actor.person());
        Revision revision = revisions.find(notice.town(), notice.id(), number).orElseThrow();
        ApprovalPolicy policy = policies.of(notice.town(), revision.content().kind());
        if (own && policy == ApprovalPolicy.FOUR_EYES) {
            throw new Refusal(HttpStatus.FORBIDDEN, "notice.four-eyes");
        }
        Instant now = now();
        Held moved = steps.take(
                notice,
                Action.APPROVE,
                actor.person(),
                now,
                number,
                comment,
                null,
                own ? Map.of("alone", "true", "hash", revision.hash()) : Map.of("hash", revision.hash()));
        notices.approved(moved, actor.person(), now, revision.hash());
        return moved;
    }

    @Override
    public void release(Actor actor, NoticeId id, Release release) {
        release(actor, steps.hold(actor.town(), id), release);
    }

    private void release(Actor actor, Held notice, Release release) {
        switch (release) {
            case Release.Later later -> {}
            case Release.Now now -> publishNow(actor, notice);
            case Release.At at -> schedule(actor, notice, at.time());
            case Release.AsWished wished -> {
                WallTime time = draft(notice).content().wished();
                // A correction goes out at once: what stands meanwhile is known to be wrong.
                if (notice.publicRevision() != null) {
                    publishNow(actor, notice);
                } else if (time != null && time.instant(zone(notice)).isAfter(now())) {
                    schedule(actor, notice, time);
                }
            }
        }
    }

    private void publishNow(Actor actor, Held notice) {
        actor.require(NoticeRights.PUBLISH);
        requireAlertRight(actor, notice);
        Steps.require(notice, Action.PUBLISH);
        Draft draft = draft(notice);
        Revision revision = publishing.approved(notice, draft, hashes.of(notice));
        publishing.publish(notice, revision, actor.person(), now());
    }

    private void schedule(Actor actor, Held notice, WallTime time) {
        actor.require(NoticeRights.PUBLISH);
        requireAlertRight(actor, notice);
        Steps.require(notice, Action.SCHEDULE);
        Instant due = switch (time.resolve(zone(notice))) {
            case WallTime.Resolution.Once once -> once.instant();
            case WallTime.Resolution.Missing gap ->
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.time-missing", gap.before(), gap.after());
            case WallTime.Resolution.Twice twice ->
                throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.time-twice", time.local());
        };
        Instant now = now();
        if (!due.isAfter(now)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.schedule-past");
        }
        Draft draft = draft(notice);
        Revision revision = publishing.approved(notice, draft, hashes.of(notice));
        if (publishing
                .end(notice, revision.content(), due)
                .filter(end -> end.isAfter(due))
                .isEmpty()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.schedule-after-end");
        }
        steps.take(notice, Action.SCHEDULE, actor.person(), now, number(notice), "", due);
    }

    @Override
    public void unschedule(Actor actor, NoticeId id, String comment) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.UNSCHEDULE);
        offSchedule.tell(notice, draft(notice), actor.person(), reason(comment));
        keepWish(notice, actor.person());
        steps.take(notice, Action.UNSCHEDULE, actor.person(), now(), number(notice), reason(comment), null);
        notices.unapproved(notice);
    }

    private void keepWish(Held notice, PersonId by) {
        Draft draft = draft(notice);
        Instant due = Objects.requireNonNull(notice.due());
        Content content = draft.content().withWished(WallTime.of(due, zone(notice)));
        notices.saveDraft(
                notice,
                draft.version(),
                content,
                Titles.of(content, towns.get(notice.town()).language()),
                draft.reason(),
                by,
                now());
    }

    @Override
    public Saved correct(Actor actor, NoticeId id) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        requireAlertRight(actor, notice);
        Steps.require(notice, Action.CORRECT);
        Instant now = now();
        openCorrection(actor, notice, shown(notice).content(), now);
        return new Saved(id, 1, now);
    }

    private Held openCorrection(Actor actor, Held notice, Content content, Instant now) {
        Held moved = steps.take(notice, Action.CORRECT, actor.person(), now, 0, "", null);
        notices.openDraft(moved, content.withWished(null), actor.person(), now);
        return moved;
    }

    @Override
    public void prolong(Actor actor, NoticeId id, WallTime until, String reason) {
        Held notice = steps.hold(actor.town(), id);
        actor.require(notice.kind() == Kind.EMERGENCY ? NoticeRights.EMERGENCY : NoticeRights.WRITE);
        Steps.require(notice, Action.CORRECT);
        Instant before = Objects.requireNonNull(notice.until());
        if (!until.instant(zone(notice)).isAfter(before)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.not-longer");
        }
        Revision shown = shown(notice);
        Content longer = shown.content().withUntil(until);
        if (notice.kind() == Kind.EMERGENCY) {
            correctEmergency(actor, id, shown.number(), longer, reason);
        } else {
            correctTo(actor, id, longer, reason);
        }
    }

    @Override
    public void cancelOccurrence(Actor actor, NoticeId id, LocalDate day, String reason) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.CORRECT);
        Content content = shown(notice).content();
        Event event = content.event();
        if (event == null || !Occurrences.days(event, zone(notice)).contains(day)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.no-such-occurrence");
        }
        correctTo(actor, id, content.withEvent(event.without(day)), reason);
    }

    private void correctTo(Actor actor, NoticeId id, Content content, String reason) {
        Saved opened = correct(actor, id);
        save(actor, id, opened.version(), content.withWished(null), reason);
    }

    @Override
    public void discard(Actor actor, NoticeId id) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.require(notice, Action.DISCARD);
        steps.take(notice, Action.DISCARD, actor.person(), now(), 0, "", null);
        if (notice.latestRevision() == 0) {
            notices.forget(notice);
        } else {
            notices.dropDraft(notice);
        }
    }

    @Override
    public void withdraw(Actor actor, NoticeId id, String reason) {
        Held notice = steps.hold(actor.town(), id);
        actor.require(notice.kind() == Kind.EMERGENCY ? NoticeRights.EMERGENCY : NoticeRights.WITHDRAW);
        Steps.require(notice, Action.WITHDRAW);
        publishing.withdraw(notice, said(reason), actor.person(), now());
    }

    @Override
    public void releaseEmergency(Actor actor, NoticeId id, Content content) {
        actor.require(NoticeRights.EMERGENCY);
        requireEmergency(content.kind());
        Town town = towns.get(actor.town());
        Content clean = settled(town, content, List.of());
        Optional<Held> begun = begin(actor, town, id, clean, now());
        if (begun.isPresent()) {
            submitApprovePublish(actor, begun.get(), clean, "");
        } else if (!isOut(actor, steps.hold(town.id(), id), Titles.filled(clean, town.language()))) {
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

    @Override
    public void correctEmergency(Actor actor, NoticeId id, int revision, Content content, String reason) {
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
        Instant now = now();
        Content stands = shown(notice).content();
        Held opened = openCorrection(actor, notice, stands, now);
        Content clean = settled(town, content, List.of(stands));
        notices.saveDraft(opened, 1, clean, Titles.of(clean, town.language()), said(reason), actor.person(), now);
        notices.contributed(opened, actor.person());
        submitApprovePublish(actor, steps.hold(town.id(), id), clean, "");
    }

    private void submitApprovePublish(Actor actor, Held notice, Content content, String comment) {
        int number = freeze(actor, notice, draft(notice), content, comment);
        Held submitted = steps.hold(notice.town(), notice.id());
        Held approved = approve(actor, submitted, number, "");
        Draft draft = draft(approved);
        publishing.publish(approved, publishing.approved(approved, draft, hashes.of(approved)), actor.person(), now());
    }

    /** Whoever may not release an alert may not release, correct or approve one step by step either. */
    private static void requireAlertRight(Actor actor, Held notice) {
        if (notice.kind() == Kind.EMERGENCY) {
            actor.require(NoticeRights.EMERGENCY);
        }
    }

    private static void requireEmergency(Kind kind) {
        if (kind != Kind.EMERGENCY) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.not-an-emergency");
        }
    }

    /** Cleaned, bounded, with channels that exist. {@code stored} may name what the town has dropped meanwhile. */
    private Content settled(Town town, Content content, List<Content> stored) {
        return cleaning.clean(town, content, renditions.settle(content.channels()), stored);
    }

    /** What the notice says already, in its draft and in public. */
    private List<Content> known(Held notice, Draft draft) {
        return notice.publicRevision() == null
                ? List.of(draft.content())
                : List.of(draft.content(), shown(notice).content());
    }

    private Draft draft(Held notice) {
        return queries.find(notice.town(), notice.id()).orElseThrow().draft().orElseThrow();
    }

    private Revision shown(Held notice) {
        return revisions
                .find(notice.town(), notice.id(), Objects.requireNonNull(notice.publicRevision()))
                .orElseThrow();
    }

    private int number(Held notice) {
        Integer number = draft(notice).revision();
        return number == null ? 0 : number;
    }

    private void sameRevision(Held notice, int revision) {
        if (number(notice) != revision) {
            throw new Refusal(HttpStatus.CONFLICT, "notice.conflict");
        }
    }

    private ZoneId zone(Held notice) {
        return towns.get(notice.town()).zone();
    }

    private static String reason(@Nullable String text) {
        return Clean.block(text, REASON_MOST);
    }

    private static String said(@Nullable String text) {
        String clean = reason(text);
        if (clean.isBlank()) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.reason-missing");
        }
        return clean;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
