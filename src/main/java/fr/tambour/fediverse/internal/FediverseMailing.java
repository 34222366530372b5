package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.FannedOutChannel.Mailing;
import fr.tambour.dispatch.Outcome;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One errand on its way to inboxes: whom nothing of the notice can have reached is told as if it were new. */
final class FediverseMailing implements Mailing<FollowingInbox> {

    private final Errand errand;
    private final Actor actor;
    private final Activities.Told told;
    private final Delivery delivery;

    FediverseMailing(Errand errand, Actor actor, Activities.Told told, Delivery delivery) {
        this.errand = errand;
        this.actor = actor;
        this.told = told;
        this.delivery = delivery;
    }

    @Override
    public void send(FollowingInbox inbox, @Nullable Instant notAfter, Consumer<Outcome> answer) {
        boolean before =
                errand.earlier().stream().anyMatch(reach -> inbox.key() > reach.from() && inbox.key() <= reach.to());
        delivery.send(actor, inbox.address(), before ? told.again() : told.anew(), notAfter, outcome -> {
            // A whole server is not gone because its shared inbox has moved, or says so for a moment.
            boolean stays = outcome instanceof Outcome.Gone && inbox.shared();
            answer.accept(stays ? new Outcome.Rejected("410") : outcome);
        });
    }
}
