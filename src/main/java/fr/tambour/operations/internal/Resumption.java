package fr.tambour.operations.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.notice.DeskQueries;
import fr.tambour.people.Actor;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.Town;
import fr.tambour.town.Towns;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * After a restore, nothing goes out by itself until a person has decided on each notice that was due meanwhile: it may
 * have gone out from the original already.
 */
@Service
public class Resumption {

    /** More than this is due only where somebody scheduled by program. */
    private static final int MOST = 500;

    private final InstanceFacts facts;
    private final DeskQueries notices;
    private final Towns towns;
    private final Audit audit;
    private final Clock clock;

    Resumption(InstanceFacts facts, DeskQueries notices, Towns towns, Audit audit, Clock clock) {
        this.facts = facts;
        this.notices = notices;
        this.towns = towns;
        this.audit = audit;
        this.clock = clock;
    }

    /** Since when timed publishing is paused. */
    @Transactional(readOnly = true)
    public Optional<Instant> pausedSince() {
        return facts.pausedSince();
    }

    /** What is scheduled in this town, soonest first. */
    @Transactional(readOnly = true)
    public List<DeskQueries.Row> scheduled(Town town) {
        return notices.scheduled(town.id(), MOST);
    }

    public boolean overdue(DeskQueries.Row row) {
        return row.due() != null && !row.due().isAfter(clock.instant());
    }

    /**
     * Lets notices come out by themselves again.
     *
     * @throws Refusal 409 {@code operations.overdue} while a notice of any town is overdue: it would go out at once
     */
    @Transactional
    public void resume(Actor actor) {
        for (Town town : towns.all()) {
            long overdue = scheduled(town).stream().filter(this::overdue).count();
            if (overdue > 0) {
                throw new Refusal(HttpStatus.CONFLICT, "operations.overdue", overdue, town.name());
            }
        }
        facts.remove(InstanceFacts.PAUSED);
        audit.record(new AuditEntry(
                actor.town().value(),
                actor.person().value(),
                "operations.resumed",
                actor.town().toString()));
    }
}
