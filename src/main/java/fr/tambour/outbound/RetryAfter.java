package fr.tambour.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a service wants to be asked again (RFC 9110 section 10.2.3), never later than in a day. Whoever says "at once", or
 * names a moment that is over, has asked for nothing: it is left alone as long as one that says nothing.
 */
public final class RetryAfter {

    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** More digits than any number of seconds within the longest wait. */
    private static final int DIGITS = 9;

    private RetryAfter() {}

    /** @param value seconds, or a moment; empty where it is neither */
    public static Optional<Duration> of(String value, Instant now) {
        String said = value.strip();
        if (SECONDS.matcher(said).matches()) {
            return said.length() > DIGITS ? Optional.of(LONGEST) : bounded(Duration.ofSeconds(Long.parseLong(said)));
        }
        try {
            Instant moment = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(said));
            return bounded(Duration.between(now, moment));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> bounded(Duration asked) {
        if (!asked.isPositive()) {
            return Optional.empty();
        }
        return Optional.of(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }
}
