package fr.tambour.fediverse.internal;

import fr.tambour.notice.NoticeStep;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is taken back, or goes to the fediverse no more, may be quoted no more, from that very moment. */
@Component
class QuoteStep implements NoticeStep {

    private final Quotes quotes;

    QuoteStep(Quotes quotes) {
        this.quotes = quotes;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        boolean ends = switch (step) {
            case Step.Withdrawn withdrawn -> true;
            case Step.Published published ->
                published.occasion() != Occasion.PUBLICATION
                        && !published.channels().contains(FediverseChannel.NAME);
            case Step.Expired expired -> false;
        };
        if (ends) {
            quotes.revoke(step.town(), step.notice(), step.at());
        }
    }
}
