package fr.tambour.notice.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.Action;
import fr.tambour.notice.Kind;
import fr.tambour.notice.Lifecycle;
import fr.tambour.notice.Lifecycle.Standing;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.NoticeRights;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.notice.internal.Notices.Move;
import fr.tambour.people.Actor;
import fr.tambour.people.PersonId;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final Histories histories;
    private final Audit audit;
    private final Towns towns;
    private final List<NoticeStep> listeners;
    private final Clock clock;

    Steps(Notices notices, Histories histories, Audit audit, Towns towns, List<NoticeStep> listeners, Clock clock) {
        this.notices = notices;
        this.histories = histories;
        this.audit = audit;
        this.towns = towns;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** This moment, as the database keeps it; to be asked for once the notice is held, since that may have taken a while. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The notice, its row locked until the transaction ends. */
    Held hold(TownId town, NoticeId id) {
        return notices.hold(town, id).orElseThrow(() -> new Refusal(HttpStatus.NOT_FOUND, "notice.unknown"));
    }

    /** Whoever may not release an alert may not approve, correct or release one step by step either. */
    static void requireRight(Actor actor, Held notice) {
        if (notice.kind() == Kind.EMERGENCY) {
            actor.require(NoticeRights.EMERGENCY);
        }
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
        histories.add(notice, by, at, action, reached, revision, reason);
        Map<String, String> told = new HashMap<>(details);
        if (revision > 0) {
            told.put("revision", Integer.toString(revision));
        }
        audit(notice, by, action.name().toLowerCase(Locale.ROOT).replace('_', '-'), told);
        return notice.moved(reached, revision, due);
    }

    /** Of an exercise each entry says that it is one. */
    void audit(Held notice, PersonId by, String verb, Map<String, String> details) {
        Map<String, String> told = new HashMap<>(details);
        if (notice.exercise()) {
            told.put("exercise", "true");
        }
        audit.record(new AuditEntry(
                notice.town().value(), by.value(), "notice." + verb, notice.id().ref(), told));
    }

    /** Tells a public transition, inside its transaction, and counts it. */
    void tell(NoticeStep.Step step) {
        towns.nextCounter(step.town());
        listeners.forEach(listener -> listener.taken(step));
    }
}
