package fr.tambour.dispatch.internal.engine;

import fr.tambour.dispatch.Retrying;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The engine's measures, by what they are of. Those of one group that would make no sense together, as when two of them were
 * mistaken for each other, are refused.
 *
 * @param lease how long a page is one's own
 * @param retrying how origins are left alone, and how whoever could not be told is tried again where their channel does not say
 * @param channels how a channel, by its name, tries again, where it has a way of its own
 */
public record Policy(
        Sizes sizes,
        Pages pages,
        Duration lease,
        Looks looks,
        Pacing pacing,
        Outages outages,
        Retrying retrying,
        Function<String, Optional<Retrying>> channels) {

    /** As measured on two cores. */
    public static final Policy STANDARD = new Policy(
            new Sizes(250, 2_500, 25_000),
            new Pages(8, 2, 12, Duration.ofMillis(50), Duration.ofMillis(500)),
            Duration.ofSeconds(10),
            new Looks(Duration.ofMillis(250), 2_000),
            new Pacing(64, Duration.ofMillis(250), Duration.ofSeconds(25)),
            new Outages(Duration.ofSeconds(20), Duration.ofSeconds(5), 500),
            new Retrying(12, Duration.ZERO, Duration.ofSeconds(2), Duration.ofMinutes(30), Duration.ofDays(1)),
            channel -> Optional.empty());

    /**
     * How many recipients one transaction deals with.
     *
     * @param page at most so many leave together: of each page under way as many may be told twice after a crash
     * @param slice so many are cut off as one range
     * @param bulk so many are accounted for when nothing of them leaves, or passed over when it is not for them
     */
    public record Sizes(int page, int slice, int bulk) {

        public Sizes {
            require(0 < page && page <= slice && page <= bulk, "A page is part of a slice");
        }
    }

    /**
     * How many pages one node has under way at once, and for how long one waits for slow origins.
     *
     * @param atOnce so many
     * @param reserved of these, kept for emergencies
     * @param lagging beyond these, begun where as many are held up by slow origins alone
     * @param lull after so long without news a page is held up by slow origins alone
     * @param patience for so long it waits for them; then the rest is taken up one by one
     */
    public record Pages(int atOnce, int reserved, int lagging, Duration lull, Duration patience) {

        public Pages {
            require(0 <= reserved && reserved < atOnce, "Some pages are not kept for emergencies");
            require(lull.compareTo(patience) <= 0, "A page is held up before its patience is over");
        }
    }

    /**
     * How work is looked for.
     *
     * @param every how often
     * @param dispatches that one look takes in: so many emergencies, and so many others
     */
    public record Looks(Duration every, int dispatches) {}

    /**
     * How an origin's pace is learnt.
     *
     * @param firstBound so many it is sent at once before anything is known of it
     * @param prompt one that answers within this is sent more at once, one that takes four times as long less
     * @param answer for so long an answer is waited for: longer than the channels wait themselves
     */
    public record Pacing(int firstBound, Duration prompt, Duration answer) {

        public Pacing {
            require(firstBound > 0, "An origin of which nothing is known is sent something");
            require(prompt.compareTo(answer) < 0, "An answer is waited for beyond a prompt one");
        }
    }

    /**
     * How an origin is treated that gives trouble.
     *
     * @param longestPause for so long at most it is left alone if it asks for nothing, or for a twentieth of its trouble where that
     *     is longer; and for so long at most whoever of an emergency could not be told and whose service asked for nothing
     * @param urgentPause after so long an emergency asks it again, whatever it asked for; or after a thousandth of its trouble where
     *     that is longer, {@code longestPause} at most
     * @param line so many recipients a second come again, of those who wait for it
     */
    public record Outages(Duration longestPause, Duration urgentPause, int line) {

        public Outages {
            require(urgentPause.compareTo(longestPause) <= 0, "An emergency asks sooner than others");
        }
    }

    private static void require(boolean sound, String rule) {
        if (!sound) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** The same measures, with each channel's way to try again. */
    public Policy with(Function<String, Optional<Retrying>> ofChannels) {
        return new Policy(sizes, pages, lease, looks, pacing, outages, retrying, ofChannels);
    }

    /** For so long at most a dispatch is left alone of which there is nothing to take. */
    Duration nap() {
        return lease.multipliedBy(6);
    }

    /** How whoever could not be told over a channel is tried again. */
    Retrying retrying(String channel) {
        return channels.apply(channel).orElse(retrying);
    }
}
