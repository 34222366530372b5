package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.internal.Drafts.WorkingDraft;
import fr.tambour.notice.internal.Notices.Held;
import fr.tambour.notice.internal.Timetable.Due;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import fr.tambour.ui.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes and ends what is due: each notice in its own transaction, so that one that fails holds up no other. */
@Component
class QueriedClock implements NoticeClock {

    private static final Logger LOG = LoggerFactory.getLogger(QueriedClock.class);

    /** How many are taken up in one go; what is left is due again at once. */
    private static final int BATCH = 200;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Timetable timetable;
    private final Notices notices;
    private final Drafts drafts;
    private final Publishing publishing;
    private final Steps steps;
    private final OffSchedule offSchedule;
    private final TransactionTemplate write;
    private final TransactionTemplate read;
    private final Towns towns;
    private final Words words;
    private final Map<NoticeId, Failure> failures = new ConcurrentHashMap<>();

    QueriedClock(
            Timetable timetable,
            Notices notices,
            Drafts drafts,
            Publishing publishing,
            Steps steps,
            OffSchedule offSchedule,
            PlatformTransactionManager transactions,
            Towns towns,
            Words words) {
        this.timetable = timetable;
        this.notices = notices;
        this.drafts = drafts;
        this.publishing = publishing;
        this.steps = steps;
        this.offSchedule = offSchedule;
        this.write = new TransactionTemplate(transactions);
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
        this.towns = towns;
        this.words = words;
    }

    @Override
    public int advance(Instant now, Set<TownId> paused) {
        int moved = 0;
        List<Due> over = read(() -> timetable.over(now, BATCH + failures.size()));
        List<Due> due = read(() -> timetable.due(now, paused, BATCH + failures.size()));
        // A person or another node may have settled what failed here.
        failures.keySet()
                .retainAll(
                        Stream.of(over, due).flatMap(List::stream).map(Due::id).collect(Collectors.toSet()));
        for (Due ending : over) {
            moved += move(ending, "end", now, () -> step(ending, held -> end(held, now)));
        }
        for (Due coming : due) {
            moved += move(coming, "publish", now, () -> publishOrMiss(coming, now));
        }
        return moved;
    }

    private List<Due> read(Supplier<List<Due>> query) {
        return Objects.requireNonNull(read.execute(status -> query.get()));
    }

    private int move(Due due, String what, Instant now, BooleanSupplier step) {
        if (waits(due, now)) {
            return 0;
        }
        try {
            boolean moved = step.getAsBoolean();
            failures.remove(due.id());
            return moved ? 1 : 0;
        } catch (RuntimeException e) {
            Duration wait = failed(due, now);
            LOG.error(
                    "Notice {} was due to {} at {} and could not: it is tried again in {} s",
                    due.id(),
                    what,
                    due.at(),
                    wait.toSeconds(),
                    e);
            return 0;
        }
    }

    private boolean step(Due due, Predicate<Held> step) {
        return Boolean.TRUE.equals(write.execute(
                status -> notices.hold(due.town(), due.id()).filter(step).isPresent()));
    }

    private boolean waits(Due due, Instant now) {
        Failure failure = failures.get(due.id());
        return failure != null && now.isBefore(failure.again());
    }

    /** Twice as long after each failure, a minute at most: one broken notice must not fill the log. */
    private Duration failed(Due due, Instant now) {
        Failure before = failures.get(due.id());
        Duration wait = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        failures.put(due.id(), new Failure(bounded, now.plus(bounded)));
        return bounded;
    }

    private record Failure(Duration pause, Instant again) {}

    /** Another node or a person may have been faster: look again under the lock. */
    private boolean end(Held notice, Instant now) {
        if (notice.standing().publicState() != PublicState.PUBLISHED
                || notice.until() == null
                || notice.until().isAfter(now)) {
            return false;
        }
        publishing.expire(notice, now);
        return true;
    }

    /** What is refused is undone whole, whoever refused it and however late; the miss is written on its own. */
    private boolean publishOrMiss(Due due, Instant now) {
        try {
            return step(due, held -> publish(held, later(now)));
        } catch (Refusal refusal) {
            return step(due, held -> miss(held, refusal, later(now)));
        }
    }

    private boolean publish(Held notice, Instant now) {
        if (!isDue(notice, now)) {
            return false;
        }
        Revision revision = publishing.approved(notice, drafts.of(notice));
        publishing.publish(notice, revision, Steps.CLOCK, now);
        return true;
    }

    private static boolean isDue(Held notice, Instant now) {
        return notice.standing().publicState() == PublicState.SCHEDULED
                && notice.due() != null
                && !notice.due().isAfter(now);
    }

    /** Back to its authors, with the reason where they look. */
    private boolean miss(Held notice, Refusal refusal, Instant now) {
        if (!isDue(notice, now)) {
            return false;
        }
        WorkingDraft draft = drafts.of(notice);
        String why = words.in(towns.get(notice.town()).locale()).get(refusal.key(), refusal.args());
        offSchedule.tell(notice, draft, Steps.CLOCK, why);
        steps.take(notice, Action.MISS, Steps.CLOCK, now, draft.number(), why, null);
        drafts.unapproved(notice);
        LOG.warn(
                "Notice {} was due at {} and was refused ({}): it is a draft again",
                notice.id(),
                notice.due(),
                refusal.code());
        return true;
    }

    /** Many may be due at once: whether one is over is judged when its turn comes. */
    private Instant later(Instant now) {
        Instant read = steps.now();
        return read.isAfter(now) ? read : now;
    }

    @Override
    public Optional<Instant> next() {
        return Objects.requireNonNull(read.execute(status -> timetable.next()));
    }
}
