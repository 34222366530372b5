package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Account;
import fr.tambour.dispatch.Dispatch;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Dispatches;
import fr.tambour.notice.Carriage;
import fr.tambour.notice.NoticeId;
import fr.tambour.town.TownId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reports from the accounts of a notice's dispatches. */
@Component
class DispatchedCarriage implements Carriage {

    private final Dispatches dispatches;

    DispatchedCarriage(Dispatches dispatches) {
        this.dispatches = dispatches;
    }

    @Override
    public List<Way> published(TownId town, NoticeId notice) {
        return dispatches.accounts(town, notice).stream()
                .filter(account -> account.dispatch().purpose() == Purpose.PUBLICATION)
                .map(DispatchedCarriage::way)
                .toList();
    }

    private static Way way(Account account) {
        Dispatch dispatch = account.dispatch();
        return new Way(
                dispatch.channel(),
                dispatch.carried(),
                dispatch.notBefore(),
                dispatch.settledAt(),
                account.accepted(),
                account.gone(),
                account.failed(),
                account.waiting(),
                account.expired() + account.stopped() + account.unknown(),
                account.first(),
                account.last(),
                account.median(),
                account.p95());
    }
}
