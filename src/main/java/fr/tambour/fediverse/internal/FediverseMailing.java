package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Errand;
import fr.tambour.dispatch.Errand.Reach;
import fr.tambour.dispatch.FannedOutChannel.Mailing;
import fr.tambour.dispatch.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One errand on its way to inboxes: whom nothing of the notice can have reached is told as if it were new. */
final class FediverseMailing implements Mailing<FollowingInbox> {

    /** With what a second activity may take, still less than the engine waits for an answer. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Errand errand;
    private final Actor actor;
    private final Activities.Told told;
    private final Delivery delivery;
    private final Standing standing;
    private final BooleanSupplier stands;
    private final Clock clock;

    /** @param stands whether what the errand tells is still what stands */
    FediverseMailing(
            Errand errand,
            Actor actor,
            Activities.Told told,
            Delivery delivery,
            Standing standing,
            BooleanSupplier stands,
            Clock clock) {
        this.stands = stands;
        this.clock = clock;
        this.errand = errand;
        this.actor = actor;
        this.told = told;
        this.delivery = delivery;
        this.standing = standing;
    }

    @Override
    public void send(
            FollowingInbox inbox, @Nullable Instant notAfter, BooleanSupplier wanted, Consumer<Outcome> answer) {
        Instant latest = clock.instant().plus(LONGEST);
        BooleanSupplier goesOn = () -> clock.instant().isBefore(latest) && stands.getAsBoolean();
        delivery.send(actor, inbox.address(), saidTo(inbox), notAfter, wanted, goesOn, told -> {
            // A whole server is not gone because its shared inbox has moved, or says so for a moment.
            boolean stays = told instanceof Outcome.Gone && inbox.shared();
            Outcome outcome = stays ? new Outcome.Rejected("410") : told;
            standing.heard(errand.town(), inbox, outcome);
            answer.accept(outcome);
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
