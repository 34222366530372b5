package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.Content;
import fr.tambour.notice.Content.Event;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeDesk.Saved;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.Occurrences;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.WallTime;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.people.Actor;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What is done to a notice that is public already: corrected, prolonged, one day of it called off, taken back. */
@Component
class Correcting {

    private final Revisions revisions;
    private final Steps steps;
    private final Drafting drafting;
    private final Alerts alerts;
    private final Publishing publishing;
    private final Towns towns;

    Correcting(Revisions revisions, Steps steps, Drafting drafting, Alerts alerts, Publishing publishing, Towns towns) {
        this.revisions = revisions;
        this.steps = steps;
        this.drafting = drafting;
        this.alerts = alerts;
        this.publishing = publishing;
        this.towns = towns;
    }

    Saved correct(Actor actor, NoticeId id) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.requireRight(actor, notice);
        Steps.require(notice, Action.CORRECT);
        if (notice.kind() == Kind.EMERGENCY) {
            // A draft would stand in the way of prolonging the alert, and of correcting it at once.
            throw new Refusal(HttpStatus.CONFLICT, "notice.correct-at-once");
        }
        return drafting.correct(actor, notice, shown(notice).content()).saved();
    }

    void prolong(Actor actor, NoticeId id, WallTime until, String reason) {
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
            alerts.correct(actor, id, shown.number(), longer, reason);
        } else {
            correctTo(actor, notice, shown.content(), longer, reason);
        }
    }

    void cancelOccurrence(Actor actor, NoticeId id, LocalDate day, String reason) {
        actor.require(NoticeRights.WRITE);
        Held notice = steps.hold(actor.town(), id);
        Steps.requireRight(actor, notice);
        Steps.require(notice, Action.CORRECT);
        Content content = shown(notice).content();
        Event event = content.event();
        if (event == null || !Occurrences.days(event, zone(notice)).contains(day)) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, "notice.no-such-occurrence");
        }
        correctTo(actor, notice, content, content.withEvent(event.without(day)), reason);
    }

    private void correctTo(Actor actor, Held notice, Content before, Content content, String reason) {
        Saved opened = drafting.correct(actor, notice, before).saved();
        drafting.save(actor, notice.id(), opened.version(), content.withWished(null), reason, Optional.empty());
    }

    void withdraw(Actor actor, NoticeId id, String reason) {
        Held notice = steps.hold(actor.town(), id);
        actor.require(notice.kind() == Kind.EMERGENCY ? NoticeRights.EMERGENCY : NoticeRights.WITHDRAW);
        Steps.require(notice, Action.WITHDRAW);
        publishing.withdraw(notice, Remarks.reason(reason), actor.person(), steps.now());
    }

    private Revision shown(Held notice) {
        return revisions.shown(notice).orElseThrow();
    }

    private ZoneId zone(Held notice) {
        return towns.get(notice.town()).zone();
    }
}
