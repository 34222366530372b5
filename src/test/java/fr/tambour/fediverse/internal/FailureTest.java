package fr.tambour.fediverse.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Outcome;
import fr.tambour.fediverse.internal.Failure.Why;
import fr.tambour.outbound.OutboundAnswer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learnt of a host from what it answers. */
class FailureTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:30Z");

    private static Optional<Failure> of(OutboundAnswer answer) {
        return Failure.of(Delivery.outcome(answer, NOW), NOW);
    }

    private static OutboundAnswer answered(int status, Map<String, String> headers) {
        return new OutboundAnswer.Answered(status, headers, new byte[0], true);
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSES",
        "403, REFUSES",
        "422, REFUSES",
        "501, REFUSES",
        "404, GONE",
        "500, BROKEN",
        "408, BROKEN",
        "302, MOVED",
        "429, OVERLOADED",
        "503, OVERLOADED"
    })
    void aStatusSaysWhy(int status, Why why) {
        assertThat(of(answered(status, Map.of()))).contains(new Failure(why, status, null));
    }

    @Test
    void untilWhenItIsToBeLeftAloneIsHeardToTheMinute() {
        assertThat(of(answered(503, Map.of("retry-after", "3600"))))
                .contains(new Failure(Why.OVERLOADED, 503, Instant.parse("2026-11-24T09:01:00Z")));
        assertThat(of(answered(500, Map.of("retry-after", "30"))))
                .contains(new Failure(Why.OVERLOADED, 500, Instant.parse("2026-11-24T08:01:00Z")));
    }

    @Test
    void whoAnswersNothingIsNamelessUnprovenOrSilent() {
        assertThat(of(new OutboundAnswer.Unreachable(OutboundAnswer.UNKNOWN_NAME)))
                .contains(new Failure(Why.NAMELESS, 0, null));
        assertThat(of(new OutboundAnswer.Unreachable(OutboundAnswer.NO_PUBLIC_ADDRESS)))
                .contains(new Failure(Why.NAMELESS, 0, null));
        assertThat(of(new OutboundAnswer.Unreachable(OutboundAnswer.BAD_CERTIFICATE)))
                .contains(new Failure(Why.CERTIFICATE, 0, null));
        assertThat(of(new OutboundAnswer.Unreachable("ConnectException: refused")))
                .contains(new Failure(Why.SILENT, 0, null));
        assertThat(of(new OutboundAnswer.Unanswered("no answer in time"))).contains(new Failure(Why.SILENT, 0, null));
    }

    @Test
    void whatIsOurOwnFaultOrNoneSaysNothingOfTheHost() {
        assertThat(of(answered(202, Map.of()))).isEmpty();
        assertThat(of(new OutboundAnswer.Unreachable(OutboundAnswer.STOPPING))).isEmpty();
        assertThat(of(new OutboundAnswer.Unreachable(OutboundAnswer.NO_SOCKET))).isEmpty();
        assertThat(of(new OutboundAnswer.Expired())).isEmpty();
        assertThat(of(new OutboundAnswer.Recalled())).isEmpty();
        assertThat(Failure.of(new Outcome.RetryAt(null, Delivery.BUSY), NOW)).isEmpty();
        assertThat(Failure.of(new Outcome.Rejected("nobody follows"), NOW)).isEmpty();
    }
}
