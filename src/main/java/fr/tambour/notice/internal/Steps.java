package fr.tambour.notice.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.Action;
import fr.tambour.notice.Lifecycle;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.notice.internal.Notices.Move;
import fr.tambour.people.PersonId;
import fr.tambour.storage.Ids;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes one step of a notice's life: only a legal one, always with its history and its audit entry. */
@Component
class Steps {

    /** The clock, where a person's id is wanted. */
    static final PersonId CLOCK = new PersonId(0);

    private final Notices notices;
    private final Audit audit;
    private final Ids ids;
    private final Towns towns;
    private final List<NoticeStep> listeners;

    Steps(Notices notices, Audit audit, Ids ids, Towns towns, List<NoticeStep> listeners) {
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.towns = towns;
        this.listeners = listeners;
    }

    /** The notice, its row locked until the transaction ends. */
    Held hold(TownId town, NoticeId id) {
        return notices.hold(town, id).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }

    /** Refuses what is not legal where the notice stands. */
    static Standing require(Held notice, Action action) {
        return Lifecycle.next(notice.standing(), action)
                .orElseThrow(() -> new Refusal(
                        HttpStatus.CONFLICT,
                        "notice.illegal-step."
                                + action.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    /** Moves the notice and writes down who did it and why. {@code due} is the time it is scheduled for. */
    Held take(Held notice, Action action, PersonId by, Instant at, int revision, String reason, @Nullable Instant due) {
        return take(notice, action, by, at, revision, reason, due, Map.of());
    }

    Held take(
            Held notice,
            Action action,
            PersonId by,
            Instant at,
            int revision,
            String reason,
            @Nullable Instant due,
            Map<String, String> details) {
        Standing reached = require(notice, action);
        notices.move(notice, new Move(reached, by, at, due));
        notices.history(notice, ids.next(), by, at, action, reached, revision, reason);
        Map<String, String> told = new HashMap<>(details);
        if (revision > 0) {
            told.put("revision", Integer.toString(revision));
        }
        audit(notice, by, action.name().toLowerCase(Locale.ROOT).replace('_', '-'), told);
        return new Held(
                notice.id(),
                notice.town(),
                notice.kind(),
                reached,
                Math.max(notice.latestRevision(), revision),
                notice.publicRevision(),
                notice.slug(),
                notice.sequence(),
                notice.createdBy(),
                notice.firstPublishedAt(),
                due,
                notice.until());
    }

    void audit(Held notice, PersonId by, String verb, Map<String, String> details) {
        audit.record(new AuditEntry(
                notice.town().value(), by.value(), "notice." + verb, notice.id().ref(), details));
    }

    /** Tells a public transition, inside its transaction, and counts it. */
    void tell(NoticeStep.Step step) {
        towns.nextCounter(step.town());
        listeners.forEach(listener -> listener.taken(step));
    }
}
