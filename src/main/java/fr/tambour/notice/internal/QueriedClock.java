package fr.tambour.notice.internal;

import fr.tambour.notice.Action;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeClock;
import fr.tambour.notice.PublicState;
import fr.tambour.notice.StaffNotice.Draft;
import fr.tambour.notice.StaffNotice.Revision;
import fr.tambour.notice.internal.Notices.Due;
import fr.tambour.notice.internal.Notices.Held;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

    private final Notices notices;
    private final DeskQueries queries;
    private final Publishing publishing;
    private final Steps steps;
    private final ApprovedHashes hashes;
    private final TransactionTemplate write;
    private final TransactionTemplate read;

    QueriedClock(
            Notices notices,
            DeskQueries queries,
            Publishing publishing,
            Steps steps,
            ApprovedHashes hashes,
            PlatformTransactionManager transactions) {
        this.notices = notices;
        this.queries = queries;
        this.publishing = publishing;
        this.steps = steps;
        this.hashes = hashes;
        this.write = new TransactionTemplate(transactions);
        this.read = new TransactionTemplate(transactions);
        this.read.setReadOnly(true);
    }

    @Override
    public int advance(Instant now, boolean publish) {
        int moved = 0;
        for (Due over : read(() -> notices.over(now, BATCH))) {
            moved += move(over, "end", held -> end(held, now));
        }
        if (publish) {
            for (Due due : read(() -> notices.due(now, BATCH))) {
                moved += move(due, "publish", held -> publish(held, now));
            }
        }
        return moved;
    }

    private List<Due> read(Supplier<List<Due>> query) {
        return Objects.requireNonNull(read.execute(status -> query.get()));
    }

    private int move(Due due, String what, Predicate<Held> step) {
        try {
            Boolean moved = write.execute(
                    status -> notices.hold(due.town(), due.id()).filter(step).isPresent());
            return Boolean.TRUE.equals(moved) ? 1 : 0;
        } catch (RuntimeException e) {
            LOG.error(
                    "Notice {} was due to {} at {} and could not: it is tried again within a minute",
                    due.id(),
                    what,
                    due.at(),
                    e);
            return 0;
        }
    }

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

    private boolean publish(Held notice, Instant now) {
        if (notice.standing().publicState() != PublicState.SCHEDULED
                || notice.due() == null
                || notice.due().isAfter(now)) {
            return false;
        }
        Draft draft =
                queries.find(notice.town(), notice.id()).orElseThrow().draft().orElseThrow();
        Revision revision = publishing.approved(notice, draft, hashes.of(notice));
        Optional<Instant> end = publishing.end(notice, revision.content(), now);
        if (end.filter(until -> until.isAfter(now)).isEmpty()) {
            steps.take(notice, Action.MISS, Steps.CLOCK, now, revision.number(), "", null, Map.of());
            notices.unapproved(notice);
            LOG.warn("Notice {} was due at {} and is past its end: it was not published", notice.id(), notice.due());
            return true;
        }
        publishing.publish(notice, revision, draft.reason(), Steps.CLOCK, now);
        return true;
    }

    @Override
    public Optional<Instant> next() {
        return Objects.requireNonNull(read.execute(status -> notices.nextDue()));
    }
}
