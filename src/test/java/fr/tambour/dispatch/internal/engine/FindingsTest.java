package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As what whoever is given up is counted. */
class FindingsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Policy POLICY = Policy.STANDARD;
    private static final Instant LATER = NOW.plus(POLICY.retrying().persistence());

    private static final Recipient NEVER_LEFT = new Phone(1, "dead");
    private static final Recipient MAY_HAVE_BEEN_TOLD = new Phone(2, "dead");
    private static final Recipient AT_LIVE = new Phone(3, "live");
    private static final Recipient TRIED_FOR_THE_LAST_TIME = new Phone(4, "live");

    private final Pace pace = new Pace(POLICY, new SplittableRandom(1));
    private final Findings findings = new Findings(page(), POLICY, pace);

    private record Phone(long key, String origin) implements Recipient {}

    private static Page page() {
        return page(NOW, Set.of(2L));
    }

    private static Page page(Instant notBefore, Set<Long> inDoubt) {
        OpenDispatch dispatch = new OpenDispatch(
                new Ref(1, 1),
                1,
                "phone",
                false,
                false,
                State.OPEN,
                4,
                0,
                NOW,
                notBefore,
                NOW.plus(Duration.ofDays(30)),
                false,
                null);
        return new Page(
                dispatch,
                new Lease(Slice.RETRIES, 1),
                4,
                List.of(NEVER_LEFT, MAY_HAVE_BEEN_TOLD, AT_LIVE, TRIED_FOR_THE_LAST_TIME),
                Map.of(2L, 1, 4L, POLICY.retrying().attempts() - 1),
                inDoubt);
    }

    @BeforeEach
    void oneOriginIsDead() {
        pace.silent("dead", NOW);
        pace.silent("dead", LATER);
        assertThat(pace.isDead("dead", Policy.STANDARD.retrying().persistence()))
                .isTrue();
    }

    @Test
    void whoWaitsForADeadOriginIsUnknownIfAnEarlierAttemptMayHaveReachedThemAndElseHasFailed() {
        findings.parked(NEVER_LEFT, LATER);
        findings.parked(MAY_HAVE_BEEN_TOLD, LATER);

        assertThat(findings.result(LATER).tally())
                .isEqualTo(Tally.failed("origin").plus(Tally.unknown(1)));
        assertThat(findings.result(LATER).again()).isEmpty();
    }

    @Test
    void whomALastAttemptMayHaveReachedIsUnknownAndWhomItsServiceTurnedAwayHasFailed() {
        findings.answered(TRIED_FOR_THE_LAST_TIME, new Outcome.RetryAt(null, "timeout", true), LATER);
        findings.answered(MAY_HAVE_BEEN_TOLD, new Outcome.RetryAt(null, "503"), LATER);
        assertThat(findings.result(LATER).tally()).isEqualTo(Tally.unknown(2));

        Findings others = new Findings(page(), POLICY, pace);
        others.answered(TRIED_FOR_THE_LAST_TIME, new Outcome.RetryAt(null, "503"), LATER);
        others.answered(AT_LIVE, new Outcome.RetryAt(null, "503"), LATER);
        assertThat(others.result(LATER).tally()).isEqualTo(Tally.failed("503"));
        assertThat(others.result(LATER).again()).hasSize(1);
    }

    @Test
    void aPageReachedAllUpToTheLastWhoMayHaveBeenToldAndNobodyWhereNobodyWas() {
        Page inDoubt = page();
        Page untold = page(NOW, Set.of());

        assertThat(allStopped(inDoubt).reached()).isEqualTo(MAY_HAVE_BEEN_TOLD.key());
        assertThat(allStopped(untold).reached()).isEqualTo(Slice.RETRIES);
        assertThat(new Findings(untold, POLICY, pace).result(NOW).reached()).isEqualTo(untold.upTo());
    }

    private PageResult allStopped(Page page) {
        Findings all = new Findings(page, POLICY, pace);
        page.recipients().forEach(all::stopped);
        return all.result(NOW);
    }

    @Test
    void howLongItTookCountsFromWhenItWasToBegin() {
        Instant morning = NOW.plus(Duration.ofHours(9));
        Findings woken = new Findings(page(morning, Set.of()), POLICY, pace);

        woken.answered(AT_LIVE, new Outcome.Accepted(), morning.plusMillis(40));

        assertThat(woken.result(morning).tally().delays().percentile(50)).isEqualTo(Duration.ofMillis(40));
    }
}
