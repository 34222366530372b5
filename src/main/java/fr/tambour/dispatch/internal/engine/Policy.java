package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The engine's measures. How whoever could not be told is tried again may be a channel's own affair.
 *
 * @param pageSize recipients at most that leave together: of each page under way as many may be told twice after a crash
 * @param sliceSize recipients of a slice
 * @param windSize recipients accounted for in one transaction when nothing of them leaves, or passed over in it when it is not for them
 * @param pages pages under way at once
 * @param reserved of these, kept for emergencies
 * @param lagging pages beyond these, begun where as many are held up by slow origins alone
 * @param lease how long a page is one's own
 * @param lull after so long without news a page is held up by slow origins alone
 * @param patience how long a page waits for these; the rest is taken up one by one
 * @param firstBound how many an origin is sent at once before anything is known of it
 * @param prompt an origin that answers within this is sent more at once, within four times this as much
 * @param answer how long an answer may take; longer than the channels wait themselves
 * @param look how often work is looked for
 * @param seen dispatches that one look takes in: so many emergencies, and so many others
 * @param firstRetry the backoff of the first retry, doubled for each further one
 * @param longestRetry the longest backoff, and the longest wait that a service may ask for
 * @param outage for so long at most an origin that gives trouble and asks for nothing is left alone, or for a twentieth of its
 *     trouble where that is longer
 * @param urgent after so long an emergency asks it again, whatever it asked for, or after a thousandth of its trouble; whoever
 *     of an emergency could not be told, and was asked for nothing, is left alone for {@code outage} at most
 * @param line recipients a second that come again, of those who wait for one origin
 * @param attempts after so many that failed, a recipient is given up
 * @param persistence for so long an origin that gives nothing but trouble is tried; then who waits for it is given up, once
 *     their dispatch has run for as long
 * @param channels how a channel, by its name, tries again, where it has a way of its own
 */
public record Policy(
        int pageSize,
        int sliceSize,
        int windSize,
        int pages,
        int reserved,
        int lagging,
        Duration lease,
        Duration lull,
        Duration patience,
        int firstBound,
        Duration prompt,
        Duration answer,
        Duration look,
        int seen,
        Duration firstRetry,
        Duration longestRetry,
        Duration outage,
        Duration urgent,
        int line,
        int attempts,
        Duration persistence,
        Function<String, Optional<Retrying>> channels) {

    /** As measured on two cores. */
    public static final Policy STANDARD = new Policy(
            250,
            2_500,
            25_000,
            8,
            2,
            12,
            Duration.ofSeconds(10),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            64,
            Duration.ofMillis(250),
            Duration.ofSeconds(25),
            Duration.ofMillis(250),
            2_000,
            Duration.ofSeconds(2),
            Duration.ofMinutes(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            500,
            12,
            Duration.ofDays(1),
            channel -> Optional.empty());

    /** The same measures, with each channel's way to try again. */
    public Policy with(Function<String, Optional<Retrying>> ofChannels) {
        return new Policy(
                pageSize,
                sliceSize,
                windSize,
                pages,
                reserved,
                lagging,
                lease,
                lull,
                patience,
                firstBound,
                prompt,
                answer,
                look,
                seen,
                firstRetry,
                longestRetry,
                outage,
                urgent,
                line,
                attempts,
                persistence,
                ofChannels);
    }

    /** For so long at most a dispatch is left alone of which there is nothing to take. */
    Duration nap() {
        return lease.multipliedBy(6);
    }

    /** How whoever could not be told over a channel is tried again. */
    Retrying retrying(String channel) {
        return channels.apply(channel).orElseGet(this::retrying);
    }

    /** How origins are left alone, and who is there is tried again where their channel does not say. */
    Retrying retrying() {
        return new Retrying(attempts, Duration.ZERO, firstRetry, longestRetry, persistence);
    }
}
