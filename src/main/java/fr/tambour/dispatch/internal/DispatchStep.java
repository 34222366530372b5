package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Channel;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.ShownChannel;
import fr.tambour.notice.NoticeStep;
import fr.tambour.storage.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a notice's dispatches within the transaction that makes it public, so that neither is there without the other. */
@Component
class DispatchStep implements NoticeStep {

    private final JdbcDispatches dispatches;
    private final ObjectProvider<Channel> channels;
    private final Ids ids;

    DispatchStep(JdbcDispatches dispatches, ObjectProvider<Channel> channels, Ids ids) {
        this.dispatches = dispatches;
        this.channels = channels;
        this.ids = ids;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        switch (step) {
            case Step.Published published ->
                purpose(published.occasion()).ifPresent(purpose -> {
                    dispatches.stop(step.town(), step.notice(), step.at());
                    published(published, purpose);
                });
            case Step.Withdrawn withdrawn -> {
                dispatches.stop(step.town(), step.notice(), step.at());
                // Wherever it went, the withdrawal follows. It has no end: who was told must be told.
                open(
                        withdrawn,
                        withdrawn.revision(),
                        dispatches.channels(withdrawn.town(), withdrawn.notice()),
                        Purpose.WITHDRAWAL,
                        null);
            }
            case Step.Expired expired -> dispatches.stop(step.town(), step.notice(), step.at());
        }
    }

    /** A language that was added is shown wherever the notice stands, and told to nobody anew: that is no dispatch. */
    private static Optional<Purpose> purpose(Occasion occasion) {
        return switch (occasion) {
            case PUBLICATION -> Optional.of(Purpose.PUBLICATION);
            case CORRECTION -> Optional.of(Purpose.CORRECTION);
            case TRANSLATION -> Optional.empty();
        };
    }

    private void published(Step.Published step, Purpose purpose) {
        List<String> went = dispatches.channels(step.town(), step.notice());
        if (step.until().isAfter(step.at())) {
            open(step, step.revision(), List.copyOf(step.channels()), purpose, step.until());
            // Where it went before and goes no more, the correction tells that it is gone; that has no end.
            List<String> left = went.stream()
                    .filter(channel -> !step.channels().contains(channel))
                    .toList();
            open(step, step.revision(), left, Purpose.CORRECTION, null);
        } else {
            // Of a notice that is over only the erratum goes out, where the notice went; it has no end either.
            open(step, step.revision(), went, purpose, null);
        }
    }

    private void open(Step step, int revision, List<String> names, Purpose purpose, @Nullable Instant until) {
        Map<String, Channel> known = new TreeMap<>();
        channels.forEach(channel -> known.put(channel.name(), channel));
        for (String name : names) {
            Channel channel = known.get(name);
            // A channel that was taken out of the house since has nothing to carry with.
            if (channel != null) {
                switch (channel) {
                    case ShownChannel shown ->
                        dispatches.shown(
                                ids.next(),
                                step.town(),
                                step.notice(),
                                revision,
                                shown.name(),
                                purpose,
                                step.at(),
                                until);
                    case FannedOutChannel<?> fanned -> throw new IllegalStateException(fanned.name());
                }
            }
        }
    }
}
