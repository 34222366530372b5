package fr.tambour.operations.internal;

import fr.tambour.audit.Audit;
import fr.tambour.audit.AuditEntry;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.NoticeId;
import fr.tambour.people.Actor;
import fr.tambour.storage.InstanceFacts;
import fr.tambour.town.TownId;
import fr.tambour.ui.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * After a restore, nothing of a town goes out by itself until one of its people has decided on each notice that was due
 * meanwhile: it may have gone out from the original already. Towns decide for themselves alone.
 */
@Service
public class Resumption {

    /** More than this is due only where somebody scheduled by program. */
    private static final int MOST = 500;

    private final InstanceFacts facts;
    private final DeskQueries notices;
    private final Dispatches dispatches;
    private final Audit audit;
    private final Clock clock;

    Resumption(InstanceFacts facts, DeskQueries notices, Dispatches dispatches, Audit audit, Clock clock) {
        this.facts = facts;
        this.notices = notices;
        this.dispatches = dispatches;
        this.audit = audit;
        this.clock = clock;
    }

    /** Since when a town's timed publishing is paused. */
    @Transactional(readOnly = true)
    public Optional<Instant> pausedSince(TownId town) {
        return facts.pausedSince(town.value());
    }

    /** What is scheduled in this town, soonest first. */
    @Transactional(readOnly = true)
    public List<DeskQueries.Row> scheduled(TownId town) {
        return notices.scheduled(town, MOST);
    }

    /** What was under way in the backup and goes on at once when this town resumes, the oldest first. */
    @Transactional(readOnly = true)
    public List<Held> held(TownId town) {
        List<Dispatches.Held> held = dispatches.heldByRestore(town, clock.instant(), MOST);
        Map<NoticeId, String> titles =
                notices.titles(town, held.stream().map(Dispatches.Held::notice).collect(Collectors.toSet()));
        return held.stream()
                .map(each -> new Held(titles.getOrDefault(each.notice(), ""), each))
                .toList();
    }

    /** @param title of its notice, in the town's first language */
    public record Held(String title, Dispatches.Held dispatch) {}

    public boolean overdue(DeskQueries.Row row) {
        return row.due() != null && !row.due().isAfter(clock.instant());
    }

    /**
     * Lets the notices of the person's town come out by themselves again.
     *
     * @throws Refusal 409 {@code operations.overdue} while one of them is overdue: it would go out at once
     */
    @Transactional
    public void resume(Actor actor) {
        long overdue = scheduled(actor.town()).stream().filter(this::overdue).count();
        if (overdue > 0) {
            throw new Refusal(HttpStatus.CONFLICT, "operations.overdue", overdue);
        }
        dispatches.resumed(actor.town(), clock.instant());
        facts.resume(actor.town().value());
        audit.record(new AuditEntry(
                actor.town().value(),
                actor.person().value(),
                "operations.resumed",
                actor.town().toString()));
    }
}
