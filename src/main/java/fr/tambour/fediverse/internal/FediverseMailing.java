package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.FannedOutChannel.Mailing;
import fr.tambour.dispatch.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One errand on its way to inboxes: whom nothing of the notice can have reached is told as if it were new. */
final class FediverseMailing implements Mailing<FollowingInbox> {

    private final Errand errand;
    private final Actor actor;
    private final Activities.Told told;
    private final Delivery delivery;
    private final Standing standing;

    FediverseMailing(Errand errand, Actor actor, Activities.Told told, Delivery delivery, Standing standing) {
        this.errand = errand;
        this.actor = actor;
        this.told = told;
        this.delivery = delivery;
        this.standing = standing;
    }

    @Override
    public void send(FollowingInbox inbox, @Nullable Instant notAfter, Consumer<Outcome> answer) {
        delivery.send(actor, inbox.address(), saidTo(inbox), notAfter, outcome -> {
            standing.heard(errand.town(), inbox, outcome);
            // A whole server is not gone because its shared inbox has moved, or says so for a moment.
            boolean stays = outcome instanceof Outcome.Gone && inbox.shared();
            answer.accept(stays ? new Outcome.Rejected("410") : outcome);
        });
    }

    /**
     * Whom an earlier dispatch may have reached, or may not, is told of the notice before they are told that it changed: who
     * knows it does nothing about it.
     */
    private List<byte[]> saidTo(FollowingInbox inbox) {
        Optional<Instant> before = errand.earlier().stream()
                .filter(reach -> inbox.key() > reach.from() && inbox.key() <= reach.to())
                .map(Reach::openedAt)
                .min(Comparator.naturalOrder());
        if (before.isEmpty()) {
            return List.of(told.anew());
        }
        return told.isMeantForWhoKnows() && inbox.mayHaveMissed(before.get())
                ? List.of(told.anew(), told.again())
                : List.of(told.again());
    }
}
