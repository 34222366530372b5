package fr.tambour.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How whoever could not be told is tried again. Before each attempt there is a wait of full jitter: anywhere between nothing
 * and the longest, which doubles from one to the next, so that of many who failed at once no two come again together.
 *
 * @param attempts nobody is given up before so many have failed
 * @param span nor before a dispatch has run for so long
 * @param firstWait the longest before the second attempt
 * @param longestWait the longest of all, also where a service asks for more
 * @param persistence an origin that has given nothing but trouble for so long is given up with all who wait for it, once their
 *     dispatch has run for as long
 */
public record Retrying(int attempts, Duration span, Duration firstWait, Duration longestWait, Duration persistence) {

    /** More often nothing is doubled: it is longer than any longest wait by then. */
    private static final int MOST_DOUBLED = 20;

    /** @param failures how many attempts have failed, the one just now among them */
    public Duration pause(int failures, RandomGenerator random) {
        long most = firstWait.toMillis() << Math.min(MOST_DOUBLED, Math.max(0, failures - 1));
        return Duration.ofMillis(random.nextLong(1, Math.min(most, longestWait.toMillis()) + 1));
    }

    /** For how long somebody is left alone whose service asked for so long. */
    public Duration heard(Duration asked) {
        return asked.compareTo(longestWait) < 0 ? asked : longestWait;
    }

    /**
     * Whether it is of no use to try once more.
     *
     * @param failures how many attempts have failed
     * @param running for how long the dispatch has run
     */
    public boolean isOver(int failures, Duration running) {
        return failures >= attempts && running.compareTo(span) >= 0;
    }
}
