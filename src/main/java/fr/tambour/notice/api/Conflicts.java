package fr.tambour.notice.api;

import fr.tambour.notice.DeskQueries;
import fr.tambour.notice.DeskQueries.Order;
import fr.tambour.notice.NoticeId;
import fr.tambour.notice.StaffNotice;
import fr.tambour.town.Town;
import fr.tambour.ui.Refusal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Makes of the desk's "somebody was faster" an answer that says who it was. */
@Component
class Conflicts {

    private final DeskQueries queries;
    private final Views views;

    Conflicts(DeskQueries queries, Views views) {
        this.queries = queries;
        this.views = views;
    }

    /** @throws Conflict with the desk's own status */
    <T> T told(Town town, NoticeId id, Supplier<T> change) {
        return told(town, id, null, change);
    }

    /**
     * @param ifMatch the precondition that was set, if one was
     * @throws Conflict 412 for whoever set a precondition (RFC 9110 §13.1.1), else with the desk's own status
     */
    <T> T told(Town town, NoticeId id, @Nullable String ifMatch, Supplier<T> change) {
        try {
            return change.get();
        } catch (Refusal refusal) {
            throw told(town, id, refusal, ifMatch == null ? refusal.status() : HttpStatus.PRECONDITION_FAILED);
        }
    }

    private Refusal told(Town town, NoticeId id, Refusal refusal, HttpStatus status) {
        if (!refusal.code().equals("notice.conflict")) {
            return refusal;
        }
        return queries.find(town.id(), id)
                .<Refusal>map(notice -> new Conflict(status, views.newer(town, notice, () -> lastStep(town, id))))
                .orElse(refusal);
    }

    private StaffNotice.HistoryEntry lastStep(Town town, NoticeId id) {
        return queries.history(town.id(), id, Order.NEWEST_FIRST, null, 1)
                .rows()
                .getFirst();
    }
}
