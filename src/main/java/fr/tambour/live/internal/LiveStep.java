package fr.tambour.live.internal;

import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeStep;
import fr.tambour.notice.PublicNotices;
import fr.tambour.storage.AfterCommit;
import fr.tambour.town.TownId;
import fr.tambour.town.Towns;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes each public transition into the log, within its transaction, and wakes what is open once that has committed. */
@Component
class LiveStep implements NoticeStep {

    private final EventLog log;
    private final Towns towns;
    private final PublicNotices notices;
    private final Pulse pulse;
    private final Elsewhere elsewhere;

    LiveStep(EventLog log, Towns towns, PublicNotices notices, Pulse pulse, Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.log = log;
        this.towns = towns;
        this.notices = notices;
        this.pulse = pulse;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        TownId town = step.town();
        // Raised for this very transition, under a lock that is ours until it commits.
        long counter = towns.counter(town);
        if (!step.exercise()) {
            // Of an exercise no open page hears: whoever agreed is told on their phone.
            log.add(town, new LiveEvent(counter, name(step), isEmergency(step), step.notice(), step.at()));
        }
        AfterCommit.run(() -> {
            pulse.beat(town);
            elsewhere.tell(town, counter);
        });
    }

    private static LiveEvent.Step name(Step step) {
        return switch (step) {
            case Step.Published published ->
                published.occasion() == Occasion.PUBLICATION ? LiveEvent.Step.PUBLISHED : LiveEvent.Step.CORRECTED;
            case Step.Withdrawn withdrawn -> LiveEvent.Step.WITHDRAWN;
            case Step.Expired expired -> LiveEvent.Step.EXPIRED;
        };
    }

    private boolean isEmergency(Step step) {
        return step instanceof Step.Published published
                ? published.emergency()
                : notices.find(step.town(), step.notice())
                        .filter(notice -> notice.kind() == Kind.EMERGENCY)
                        .isPresent();
    }
}
