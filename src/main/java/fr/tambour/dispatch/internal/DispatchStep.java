package fr.tambour.dispatch.internal;

import fr.tambour.dispatch.Audience;
import fr.tambour.dispatch.Channel;
import fr.tambour.dispatch.Dispatch.Purpose;
import fr.tambour.dispatch.Errand.Hours;
import fr.tambour.dispatch.FannedOutChannel;
import fr.tambour.dispatch.Retrying;
import fr.tambour.dispatch.ShownChannel;
import fr.tambour.dispatch.internal.JdbcDispatches.Opening;
import fr.tambour.notice.Kind;
import fr.tambour.notice.NoticeStep;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a notice's dispatches within the transaction that makes it public, so that neither is there without the other. */
@Component
class DispatchStep implements NoticeStep {

    /**
     * What takes a notice back outlives the notice's own end: it ends after so long, or after as long as its channel tries for
     * whoever cannot be reached, where that is longer.
     */
    private static final Duration TAKING_BACK = Duration.ofDays(3);

    private final JdbcDispatches dispatches;
    private final ObjectProvider<Channel> channels;
    private final TownClocks towns;
    private final TownLists lists;
    private final Bell bell;

    DispatchStep(
            JdbcDispatches dispatches, ObjectProvider<Channel> channels, TownClocks towns, TownLists lists, Bell bell) {
        this.dispatches = dispatches;
        this.channels = channels;
        this.towns = towns;
        this.lists = lists;
        this.bell = bell;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void taken(Step step) {
        switch (step) {
            case Step.Published published ->
                purpose(published.occasion()).ifPresent(purpose -> {
                    dispatches.stop(step.town(), step.notice());
                    published(published, purpose);
                });
            case Step.Withdrawn withdrawn -> {
                dispatches.stop(step.town(), step.notice());
                // Wherever it went, the withdrawal follows.
                takeBack(
                        withdrawn,
                        withdrawn.revision(),
                        dispatches.channels(withdrawn.town(), withdrawn.notice()),
                        Purpose.WITHDRAWAL);
            }
            // The engine looks at the end itself.
            case Step.Expired expired -> {}
        }
        bell.ringAfterCommit();
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
        Set<String> off = dispatches.takenOff(step.town(), step.notice());
        List<String> went = dispatches.channels(step.town(), step.notice()).stream()
                .filter(channel -> step.channels().contains(channel) || !off.contains(channel))
                .toList();
        if (step.until().isAfter(step.at())) {
            Audience audience = new Audience(
                    step.kind(), step.exercise(), step.themes(), step.districts(), lists.dropped(step.town()));
            for (Channel channel : known(step.channels())) {
                switch (channel) {
                    case ShownChannel shown ->
                        dispatches.shown(opening(step, step.revision(), shown, purpose, step.until()));
                    case FannedOutChannel<?> fannedOut -> fanOut(step, purpose, fannedOut, audience);
                }
            }
            // Where it went before and goes no more, the correction tells that it is gone.
            List<String> left = went.stream()
                    .filter(channel -> !step.channels().contains(channel))
                    .toList();
            takeBack(step, step.revision(), left, Purpose.CORRECTION);
        } else {
            // Of a notice that is over only the erratum goes out, where the notice went.
            takeBack(step, step.revision(), went, purpose);
        }
    }

    /** Now to those who are awake, and to the others when their quiet hours end. */
    private void fanOut(Step.Published step, Purpose purpose, FannedOutChannel<?> channel, Audience audience) {
        Opening now = opening(step, step.revision(), channel, purpose, step.until());
        long upper = channel.highestKey(step.town());
        if (audience.kind() == Kind.EMERGENCY) {
            dispatches.fannedOut(now, audience, new Hours.Any(), upper, step.at());
            return;
        }
        ZonedDateTime local = step.at().atZone(towns.zone(step.town()));
        dispatches.fannedOut(now, audience, new Hours.Awake(local.getHour()), upper, step.at());
        for (int until : channel.wakingHours(step.town(), local.getHour())) {
            dispatches.fannedOut(now, audience, new Hours.Waking(local.getHour(), until), upper, next(local, until));
        }
    }

    /** The next time that the town's clock shows this full hour. */
    static Instant next(ZonedDateTime local, int hour) {
        ZonedDateTime today = local.truncatedTo(ChronoUnit.DAYS).withHour(hour);
        return (today.isAfter(local) ? today : today.plusDays(1)).toInstant();
    }

    private void takeBack(Step step, int revision, List<String> names, Purpose purpose) {
        for (Channel channel : known(names)) {
            switch (channel) {
                case ShownChannel shown -> dispatches.shown(opening(step, revision, shown, purpose, null));
                case FannedOutChannel<?> fannedOut ->
                    dispatches.fannedOut(
                            opening(
                                    step,
                                    revision,
                                    fannedOut,
                                    purpose,
                                    step.at().plus(takingBack(fannedOut))),
                            new Audience(Kind.NEWS, step.exercise(), Set.of(), Set.of()),
                            new Hours.Reached(),
                            fannedOut.highestKey(step.town()),
                            step.at());
            }
        }
    }

    private static Duration takingBack(FannedOutChannel<?> channel) {
        return channel.retrying()
                .map(Retrying::span)
                .filter(span -> span.compareTo(TAKING_BACK) > 0)
                .orElse(TAKING_BACK);
    }

    private static Opening opening(Step step, int revision, Channel channel, Purpose purpose, @Nullable Instant until) {
        return new Opening(step.town(), step.notice(), revision, channel.name(), purpose, step.at(), until);
    }

    /** A channel that was taken out of the house since has nothing to carry with. */
    private List<Channel> known(Iterable<String> names) {
        Map<String, Channel> all = new TreeMap<>();
        channels.forEach(channel -> all.put(channel.name(), channel));
        List<Channel> known = new ArrayList<>();
        names.forEach(name -> Optional.ofNullable(all.get(name)).ifPresent(known::add));
        return known;
    }
}
