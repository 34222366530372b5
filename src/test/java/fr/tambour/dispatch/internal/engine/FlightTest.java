package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Dispatch.State;
import fr.tambour.dispatch.FannedOutChannel.Recipient;
import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How long a page waits, and for whom. */
class FlightTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Policy POLICY = Policy.STANDARD;

    private final Pace pace = new Pace(POLICY, new SplittableRandom(1));

    private record Phone(long key, String origin) implements Recipient {}

    /** Recipients in turn at the origins. */
    private Flight flight(int count, String... origins) {
        return flight(Map.of(), count, origins);
    }

    /** @param attempts of those who left before */
    private Flight flight(Map<Long, Integer> attempts, int count, String... origins) {
        List<Recipient> recipients = new ArrayList<>();
        for (int key = 0; key < count; key++) {
            recipients.add(new Phone(key, origins[key % origins.length]));
        }
        OpenDispatch dispatch = new OpenDispatch(
                new Ref(1, 1),
                1,
                "phone",
                false,
                false,
                State.OPEN,
                count,
                0,
                NOW,
                NOW,
                NOW.plus(Duration.ofHours(1)),
                false,
                null);
        return new Flight(
                new Page(dispatch, new Lease(0, 1), count, recipients, attempts, Set.of()), POLICY, pace, NOW, NOW);
    }

    /** Who leaves, with nothing else to do here than to let them. */
    private static List<Recipient> leaves(Flight flight, Instant now) {
        List<Recipient> leaving = flight.pump(now);
        if (!leaving.isEmpty()) {
            flight.handedOver(leaving, now);
        }
        return leaving;
    }

    private static void accept(Flight flight, List<Recipient> recipients, String origin, Instant now) {
        recipients.stream()
                .filter(recipient -> recipient.origin().equals(origin))
                .forEach(recipient -> flight.answered(recipient, new Outcome.Accepted(), now));
    }

    @Test
    void aPageWhoseOnlyOriginIsSlowButAnswersIsWaitedForAndNobodyBecomesARow() {
        Flight flight = flight(1_000, "slow");
        List<Recipient> leaving = new ArrayList<>(leaves(flight, NOW));
        int told = 0;
        Instant now = NOW;
        while (told < 1_000) {
            now = now.plusMillis(4);
            Recipient next = leaving.removeFirst();
            flight.answered(next, new Outcome.Accepted(), now);
            told++;
            leaving.addAll(leaves(flight, now));
            assertThat(flight.isLagging(now)).isFalse();
            assertThat(flight.isOver(now)).isEqualTo(told == 1_000);
        }
        PageResult result = flight.land(now);
        assertThat(result.again()).isEmpty();
        assertThat(result.tally().accepted()).isEqualTo(1_000);
    }

    @Test
    void aSilentOriginIsWaitedForAsLongAsPatienceLastsAndThenShut() {
        Flight flight = flight(400, "live", "dead");
        Instant soon = NOW.plusMillis(10);
        List<Recipient> leaving = leaves(flight, NOW);
        while (!leaving.isEmpty()) {
            accept(flight, leaving, "live", soon);
            leaving = leaves(flight, soon);
        }
        assertThat(flight.isLagging(soon)).isFalse();
        assertThat(flight.isLagging(soon.plus(POLICY.pages().lull()))).isTrue();
        assertThat(flight.isOver(soon.plus(POLICY.pages().lull()))).isFalse();

        Instant later = soon.plus(POLICY.pages().patience());
        assertThat(flight.isOver(later)).isTrue();
        PageResult result = flight.land(later);

        assertThat(result.tally().accepted()).isEqualTo(200);
        assertThat(result.again()).hasSize(200);
        assertThat(pace.isShut("dead", false, later)).isTrue();
        assertThat(pace.isShut("live", false, later)).isFalse();
        assertThat(result.again())
                .filteredOn(again -> again.reason().equals("origin"))
                .hasSize(200 - POLICY.pacing().firstBound())
                .noneMatch(again -> pace.isShut("dead", false, later.plus(again.pause())));
    }

    @Test
    void asLongAsOurOwnHandsAreFullNoOriginIsBlamed() {
        Flight flight = flight(20, "one", "other");
        List<Recipient> leaving = flight.pump(NOW);
        Instant busy = NOW.plus(POLICY.pages().patience().multipliedBy(3));
        assertThat(flight.isLagging(busy)).isFalse();
        assertThat(flight.isOver(busy)).isFalse();

        flight.handedOver(leaving, busy);
        accept(flight, leaving, "one", busy.plusMillis(20));
        Instant soon = busy.plus(POLICY.pages().patience()).minusMillis(1);
        assertThat(flight.isOver(soon)).isFalse();
        accept(flight, leaving, "other", soon);

        assertThat(flight.isOver(soon)).isTrue();
        assertThat(flight.land(soon).tally().accepted()).isEqualTo(20);
    }

    @Test
    void whatIsStillInHandWhenItsPageIsTooOldShutsNoOrigin() {
        Flight flight = flight(20, "one");
        flight.pump(NOW);
        Instant old = NOW.plus(POLICY.lease().dividedBy(2));

        assertThat(flight.isOver(old)).isTrue();
        flight.land(old);

        assertThat(pace.isShut("one", false, old)).isFalse();
    }

    @Test
    void anOriginThatIsSilentOnceItsMessagesAreOnTheirWayIsShut() {
        Flight flight = flight(20, "one");
        Instant busy = NOW.plus(POLICY.pages().patience());
        flight.handedOver(flight.pump(NOW), busy);
        assertThat(flight.isOver(busy)).isFalse();

        Instant silent = busy.plus(POLICY.pages().patience());
        assertThat(flight.isOver(silent)).isTrue();
        flight.land(silent);
        assertThat(pace.isShut("one", false, silent)).isTrue();
    }

    @Test
    void anOriginThatTrailsBehindTheOthersHoldsThePageNoLongerThanPatienceAndIsNotShut() {
        Flight flight = flight(400, "live", "slow");
        List<Recipient> leaving = leaves(flight, NOW);
        List<Recipient> slow = new ArrayList<>(
                leaving.stream().filter(phone -> phone.origin().equals("slow")).toList());
        Instant now = NOW;
        while (!leaving.isEmpty()) {
            accept(flight, leaving, "live", now);
            leaving = leaves(flight, now);
        }
        while (!flight.isOver(now)) {
            now = now.plusMillis(20);
            flight.answered(slow.removeFirst(), new Outcome.Accepted(), now);
            slow.addAll(leaves(flight, now));
        }
        assertThat(Duration.between(NOW, now))
                .isLessThan(POLICY.pages().patience().plusMillis(21));
        flight.land(now);
        assertThat(pace.isShut("slow", false, now)).isFalse();
    }

    @Test
    void whatWaitsInALineStaysThereOnceItsPageHasLandedAndIsTriedAgain() {
        Flight flight = flight(10, "line");
        List<Recipient> leaving = leaves(flight, NOW);
        Permit permit = flight.permit();
        Instant later = NOW.plus(POLICY.pages().patience());
        assertThat(permit.holds(later)).isTrue();

        flight.land(later);

        assertThat(permit.holds(later)).isFalse();
        assertThat(flight.answered(leaving.getFirst(), new Outcome.Recalled(), later))
                .hasValueSatisfying(late -> {
                    assertThat(late.result().tally()).isEqualTo(Tally.NONE);
                    assertThat(late.result().again()).singleElement().satisfies(again -> {
                        assertThat(again.attempts()).isZero();
                        assertThat(again.inDoubt()).isFalse();
                    });
                });
    }

    @Test
    void whoAnswersMessageByMessageIsNeitherSilentNorSlowHoweverManyThereAre() {
        Flight flight = flight(1, "thread");
        Recipient whom = leaves(flight, NOW).getFirst();
        Instant now = NOW;
        for (int message = 1; message < 12; message++) {
            now = now.plusMillis(200);
            assertThat(flight.isOver(now)).isFalse();
            flight.heard(whom, now);
        }
        now = now.plusMillis(200);
        flight.answered(whom, new Outcome.Accepted(), now);

        assertThat(flight.land(now).tally().accepted()).isOne();
        for (int more = 0; more <= POLICY.pacing().firstBound(); more++) {
            assertThat(pace.admits("thread", false, now)).isTrue();
            pace.left("thread", now);
        }
    }

    @Test
    void whomSomeOfItHasReachedIsToldTheRestSoonAndItsOriginIsNotShut() {
        Flight flight = flight(2, "thread");
        List<Recipient> leaving = leaves(flight, NOW);
        Instant later = NOW.plusSeconds(4);
        leaving.forEach(recipient -> flight.answered(recipient, new Outcome.Unfinished(), later));

        PageResult result = flight.land(later);

        assertThat(result.again()).hasSize(2).allSatisfy(again -> {
            assertThat(again.attempts()).isZero();
            assertThat(again.inDoubt()).as("it may not count as never told").isTrue();
            assertThat(again.pause()).isLessThanOrEqualTo(POLICY.retrying().firstWait());
        });
        assertThat(pace.admits("thread", false, later)).isTrue();
    }

    @Test
    void ofWhatIsStoppedNothingLeavesAnyMoreAndWhoWasInALineWasNotTold() {
        Flight flight = flight(POLICY.pacing().firstBound() + 10, "line");
        List<Recipient> leaving = leaves(flight, NOW);
        flight.answered(leaving.get(0), new Outcome.Accepted(), NOW);

        flight.stop();

        assertThat(flight.permit().holds(NOW)).isFalse();
        assertThat(leaves(flight, NOW)).isEmpty();
        leaving.stream().skip(1).forEach(recipient -> flight.answered(recipient, new Outcome.Recalled(), NOW));
        assertThat(flight.isOver(NOW)).isTrue();
        PageResult result = flight.land(NOW);
        assertThat(result.again()).isEmpty();
        assertThat(result.tally().accepted()).isOne();
        assertThat(result.tally().stopped()).isEqualTo(POLICY.pacing().firstBound() + 9);
    }

    @Test
    void aMessageMayLeaveUntilItsEndOrItsLeaseComes() {
        Permit permit = flight(1, "line").permit();

        assertThat(permit.holds(NOW.plus(POLICY.lease()).minusMillis(1))).isTrue();
        assertThat(permit.holds(NOW.plus(POLICY.lease()))).isFalse();
        assertThat(permit.holds(NOW.minusMillis(1))).isFalse();
    }

    @Test
    void theOriginThatHasMostOfThePageIsNotLeftBehindByTheFew() {
        Flight flight = flight(400, "slow", "slow", "slow", "live");
        List<Recipient> leaving = new ArrayList<>(leaves(flight, NOW));
        while (leaving.removeIf(phone -> phone.origin().equals("live")
                && flight.answered(phone, new Outcome.Accepted(), NOW).isEmpty())) {
            leaving.addAll(leaves(flight, NOW));
        }
        Instant now = NOW;
        for (int told = 1; told < 100; told++) {
            now = now.plusMillis(20);
            flight.answered(leaving.removeFirst(), new Outcome.Accepted(), now);
            leaving.addAll(leaves(flight, now));
            assertThat(flight.isOver(now)).isFalse();
        }
        assertThat(now).isAfter(NOW.plus(POLICY.pages().patience()));
        assertThat(flight.isLagging(now)).isTrue();
        flight.answered(leaving.removeFirst(), new Outcome.Accepted(), now);
        assertThat(flight.isOver(now)).isTrue();
    }

    private static void limit(Flight flight) {
        Outcome limited = new Outcome.TooMany(Duration.ofMinutes(10));
        leaves(flight, NOW).forEach(phone -> flight.answered(phone, limited, NOW));
    }

    @Test
    void devicesThatAreLimitedOnceMoreWhenTheirTurnComesAgainDoNotShutTheirServiceForAnAlert() {
        limit(flight(Map.of(0L, 1, 1L, 1, 2L, 2, 3L, 1, 4L, 5), 5, "shared"));

        assertThat(pace.isShut("shared", false, NOW)).isFalse();
        assertThat(flight(100, "shared").pump(NOW)).isNotEmpty();
    }

    @Test
    void severalThatAreLimitedWhenTheyAreAskedForTheFirstTimeSpeakForTheirService() {
        limit(flight(Map.of(3L, 1, 4L, 1), 5, "shared"));

        assertThat(pace.isShut("shared", false, NOW.plusSeconds(599))).isTrue();
        assertThat(flight(100, "shared").pump(NOW)).isEmpty();
    }

    @Test
    void whatAPageThatIsGivenUpHadOnItsWayTakesNoPlaceAtItsOrigin() {
        Flight flight = flight(POLICY.pacing().firstBound(), "shared");
        leaves(flight, NOW);
        assertThat(flight(1, "shared").pump(NOW)).isEmpty();

        flight.giveUp();

        assertThat(flight(1, "shared").pump(NOW)).hasSize(1);
    }

    @Test
    void noPageIsWaitedForUntilItsLeaseIsOver() {
        Flight flight = flight(100, "slow");
        leaves(flight, NOW);
        Instant now = NOW;
        for (int i = 0; !flight.isOver(now); i++) {
            now = now.plusMillis(400);
            flight.answered(new Phone(i, "slow"), new Outcome.Accepted(), now);
        }
        assertThat(Duration.between(NOW, now))
                .isBetween(
                        POLICY.lease().dividedBy(2), POLICY.lease().dividedBy(2).plusMillis(400));
        assertThat(flight.land(now).again()).isNotEmpty();
    }
}
