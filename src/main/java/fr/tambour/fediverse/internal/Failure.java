package fr.tambour.fediverse.internal;

import fr.tambour.dispatch.Outcome;
import fr.tambour.outbound.OutboundAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a host took nothing, as far as that can be known from here.
 *
 * @param status that it answered; 0 where it answered nothing
 * @param until when it asked to be left alone, to the minute; null where it did not
 */
public record Failure(Why why, int status, @Nullable Instant until) {

    private static final int UNAUTHORISED = 401;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** It is we who could not. */
    private static final Set<String> OURS = Set.of(Delivery.BUSY, OutboundAnswer.STOPPING, OutboundAnswer.NO_SOCKET);

    private static final Set<String> NAMELESS = Set.of(OutboundAnswer.UNKNOWN_NAME, OutboundAnswer.NO_PUBLIC_ADDRESS);

    public enum Why {
        /** Its name leads to no server. */
        NAMELESS,
        /** Who answers cannot prove to be it. */
        CERTIFICATE,
        /** There is no connection, or no answer. */
        SILENT,
        /** It says that it is too much for now. */
        OVERLOADED,
        /** It says that it does not work. */
        BROKEN,
        /** It leads elsewhere. */
        MOVED,
        /** It does not want it. */
        REFUSES,
        /** It does not know the inbox any more. */
        GONE
    }

    /** Empty where it took it, or where nothing is to be learnt of the host. */
    static Optional<Failure> of(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.RetryAt later -> later(later, now);
            case Outcome.TooMany many -> Optional.of(overloaded(TOO_MANY, many.after(), now));
            case Outcome.OverQuota quota -> Optional.of(overloaded(TOO_MANY, quota.after(), now));
            case Outcome.Rejected rejected -> status(rejected.reason()).map(Failure::refused);
            case Outcome.NeedsSignIn s -> Optional.empty();
            case Outcome.Accepted a -> Optional.empty();
            case Outcome.Gone g -> Optional.empty();
            case Outcome.Expired e -> Optional.empty();
            case Outcome.Recalled r -> Optional.empty();
            case Outcome.Unfinished u -> Optional.empty();
            case Outcome.Unknown u -> Optional.empty();
        };
    }

    private static Optional<Failure> later(Outcome.RetryAt later, Instant now) {
        String reason = later.reason();
        if (OURS.contains(reason)) {
            return Optional.empty();
        }
        return Optional.of(status(reason)
                .map(status -> answered(status, later.after(), now))
                .orElseGet(() -> new Failure(unanswered(reason), 0, null)));
    }

    private static Optional<Integer> status(String reason) {
        return reason.matches("[1-9][0-9]{2}") ? Optional.of(Integer.valueOf(reason)) : Optional.empty();
    }

    private static Failure answered(int status, @Nullable Duration after, Instant now) {
        if (status == TOO_MANY || status == UNAVAILABLE || after != null) {
            return overloaded(status, after, now);
        }
        Why why = status == UNAUTHORISED ? Why.REFUSES : status / 100 == 3 ? Why.MOVED : Why.BROKEN;
        return new Failure(why, status, null);
    }

    private static Failure overloaded(int status, @Nullable Duration after, Instant now) {
        Instant until = after == null ? null : now.plus(after).plusSeconds(59).truncatedTo(ChronoUnit.MINUTES);
        return new Failure(Why.OVERLOADED, status, until);
    }

    private static Failure refused(int status) {
        return new Failure(status == NOT_FOUND || status == GONE ? Why.GONE : Why.REFUSES, status, null);
    }

    private static Why unanswered(String reason) {
        if (reason.equals(OutboundAnswer.BAD_CERTIFICATE)) {
            return Why.CERTIFICATE;
        }
        return NAMELESS.contains(reason) ? Why.NAMELESS : Why.SILENT;
    }
}
