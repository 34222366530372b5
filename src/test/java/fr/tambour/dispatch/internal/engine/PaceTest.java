package fr.tambour.dispatch.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.dispatch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much an origin is sent at once. */
class PaceTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Policy POLICY = Policy.STANDARD;
    private static final Duration PROMPT = POLICY.pacing().prompt();

    private final SplittableRandom random = new SplittableRandom(1);
    private final Pace pace = new Pace(POLICY, random);

    private static Pace.Whom at(String origin) {
        return phone(1, 1, origin);
    }

    private static Pace.Whom phone(long town, long key, String origin) {
        return new Pace.Whom(town, "phone", key, origin);
    }

    private int sentAtOnce(String origin, Instant now) {
        int sent = 0;
        while (pace.admits(origin, false, now)) {
            pace.left(origin, now);
            sent++;
        }
        return sent;
    }

    private void answered(String origin, int times, Outcome outcome) {
        for (int i = 0; i < times; i++) {
            pace.answered(at(origin), false, outcome, PROMPT, NOW);
        }
    }

    @Test
    void anOriginThatAnswersIsSentTwiceAsMuchWithEachRound() {
        assertThat(sentAtOnce("swift", NOW)).isEqualTo(POLICY.pacing().firstBound());
        answered("swift", POLICY.pacing().firstBound(), new Outcome.Accepted());

        assertThat(sentAtOnce("swift", NOW)).isEqualTo(2 * POLICY.pacing().firstBound());
    }

    @Test
    void anOriginThatTakesLongIsSentLessAndIsNotShut() {
        sentAtOnce("slow", NOW);
        for (int i = 0; i < POLICY.pacing().firstBound() - 5; i++) {
            pace.answered(at("slow"), false, new Outcome.Accepted(), PROMPT.multipliedBy(5), NOW);
        }

        assertThat(pace.isShut("slow", false, NOW)).isFalse();
        // Five are under way still, and as many are allowed.
        assertThat(sentAtOnce("slow", NOW)).isZero();
        answered("slow", 1, new Outcome.Accepted());
        assertThat(sentAtOnce("slow", NOW)).isEqualTo(2);
    }

    @Test
    void anOriginIsSilentWhenNothingWasHeardOfItSinceItWasAsked() {
        sentAtOnce("dead", NOW);
        sentAtOnce("alive", NOW);
        pace.answered(at("alive"), false, new Outcome.Accepted(), PROMPT, NOW.plusMillis(400));

        assertThat(pace.isSilent("dead", POLICY.pages().patience(), NOW.plusMillis(499)))
                .isFalse();
        assertThat(pace.isSilent("dead", POLICY.pages().patience(), NOW.plusMillis(500)))
                .isTrue();
        assertThat(pace.isSilent("alive", POLICY.pages().patience(), NOW.plusMillis(500)))
                .isFalse();
    }

    @Test
    void anOriginThatAsksForPatienceIsLeftAloneForAsLongAndThenSentLess() {
        sentAtOnce("busy", NOW);
        answered("busy", POLICY.pacing().firstBound(), new Outcome.RetryAt(Duration.ofSeconds(30), "429"));

        assertThat(pace.admits("busy", false, NOW.plusSeconds(29))).isFalse();
        assertThat(sentAtOnce("busy", NOW.plusSeconds(30)))
                .isBetween(1, POLICY.pacing().firstBound() / 2);
    }

    @Test
    void noOriginMayAskForMoreThanTheLongestWait() {
        pace.answered(at("greedy"), false, new Outcome.RetryAt(Duration.ofDays(400), "429"), PROMPT, NOW);

        assertThat(pace.admits("greedy", false, NOW.plus(POLICY.retrying().longestWait())))
                .isTrue();
        assertThat(pace.retry(POLICY.retrying(), 1, false, Duration.ofDays(400)))
                .isLessThanOrEqualTo(
                        POLICY.retrying().longestWait().multipliedBy(11).dividedBy(10));
    }

    @Test
    void aSilentOriginIsShutAndNobodyElse() {
        pace.silent("silent", NOW);

        assertThat(pace.isShut("silent", false, NOW)).isTrue();
        assertThat(pace.isShut("other", false, NOW)).isFalse();
    }

    @Test
    void backoffDoublesAtMostAndIsSpreadOverAllOfIt() {
        for (int failures = 1; failures < 40; failures++) {
            Duration most = POLICY.retrying().firstWait().multipliedBy(1L << Math.min(20, failures - 1));
            assertThat(POLICY.retrying().pause(failures, random))
                    .isPositive()
                    .isLessThanOrEqualTo(most)
                    .isLessThanOrEqualTo(POLICY.retrying().longestWait());
        }
    }

    @Test
    void aMessageThatWasCountedAsSilentSlowsItsOriginNoSecondTime() {
        int sent = sentAtOnce("slow", NOW);
        pace.silent("slow", NOW);
        Instant later = NOW.plus(POLICY.retrying().firstWait());

        // Such as those that found no place in our own line.
        for (int i = 0; i < sent; i++) {
            pace.answeredLate(at("slow"), false, new Outcome.RetryAt(null, "no room"), PROMPT, later);
        }

        assertThat(sentAtOnce("slow", later)).isEqualTo(1);
        pace.answered(at("slow"), false, new Outcome.Accepted(), PROMPT, later);
        assertThat(sentAtOnce("slow", later)).isEqualTo(POLICY.pacing().firstBound() / 2 + 1);
    }

    @Test
    void anOriginThatWasShutIsSentOneAtATimeUntilItAnswersForItself() {
        for (Outcome answer : new Outcome[] {new Outcome.Accepted(), new Outcome.Gone(), new Outcome.Rejected("400")}) {
            for (boolean late : new boolean[] {false, true}) {
                String origin = answer + " " + late;
                pace.silent(origin, NOW);
                Instant later = NOW.plus(POLICY.retrying().firstWait());

                assertThat(sentAtOnce(origin, later)).isEqualTo(1);
                assertThat(pace.isShut(origin, false, later)).isTrue();
                assertThat(pace.admits(
                                origin,
                                false,
                                later.plus(POLICY.pages().patience()).minusMillis(1)))
                        .isFalse();
                Instant last = later.plus(POLICY.pages().patience());
                assertThat(sentAtOnce(origin, last)).isEqualTo(1);
                assertThat(pace.isSilent(origin, POLICY.pages().patience(), last))
                        .isFalse();

                if (late) {
                    pace.answeredLate(at(origin), false, answer, PROMPT, last);
                } else {
                    pace.answered(at(origin), false, answer, PROMPT, last);
                }
                assertThat(pace.isShut(origin, false, last)).isFalse();
                assertThat(sentAtOnce(origin, last))
                        .isGreaterThan(POLICY.pacing().firstBound() / 4);
            }
        }
    }

    @Test
    void anOriginWhoseOneMessageFailsIsShutAgain() {
        pace.silent("dead", NOW);
        Instant later = NOW.plus(POLICY.retrying().firstWait());
        sentAtOnce("dead", later);

        pace.answered(at("dead"), false, new Outcome.RetryAt(Duration.ofSeconds(30), "503"), PROMPT, later);

        assertThat(pace.admits("dead", false, later.plusSeconds(29))).isFalse();
        assertThat(sentAtOnce("dead", later.plusSeconds(30))).isEqualTo(1);
    }

    @Test
    void whoeverWaitsForTheOneMessageComesAfterIt() {
        pace.silent("slow", NOW);
        Instant later = NOW.plus(POLICY.retrying().firstWait());
        sentAtOnce("slow", later);

        for (int i = 0; i < 100; i++) {
            assertThat(pace.parked("slow", false, later))
                    .isGreaterThan(POLICY.pages().patience());
        }
    }

    @Test
    void afterAClockWasSetBackAnOriginIsAsSilentAsItHasBeenSinceThen() {
        sentAtOnce("dead", NOW);
        Instant back = NOW.minusSeconds(3_600);

        assertThat(pace.isSilent("dead", POLICY.pages().patience(), back)).isFalse();
        assertThat(pace.isSilent("dead", POLICY.pages().patience(), back.plusMillis(499)))
                .isFalse();
        assertThat(pace.isSilent("dead", POLICY.pages().patience(), back.plusMillis(500)))
                .isTrue();
    }

    @Test
    void aClockThatWasSetBackHoldsUpNoOneMessage() {
        pace.answered(at("slow"), false, new Outcome.RetryAt(Duration.ZERO, "429"), PROMPT, NOW);
        assertThat(sentAtOnce("slow", NOW.plusSeconds(2))).isEqualTo(1);

        assertThat(sentAtOnce("slow", NOW.plusSeconds(1))).isEqualTo(1);
    }

    private void asked(String names, int from, int to) {
        for (int i = from; i < to; i++) {
            pace.left(names + i, NOW.plusMillis(i));
            pace.answered(at(names + i), false, new Outcome.Accepted(), PROMPT, NOW.plusMillis(i));
        }
    }

    /** A town may be followed from more servers than that, and whoever has a name has any number of them below it. */
    @Test
    void beyondTenThousandOriginsItIsNotForgottenWhoIsShutWhoIsSuspectNorHowMuchThoseTakeThatAreAskedLately() {
        Duration asked = Duration.ofMinutes(10);
        pace.left("shut", NOW);
        pace.answered(at("shut"), false, new Outcome.RetryAt(asked, "429"), PROMPT, NOW);
        pace.left("gone", NOW);
        pace.answered(at("gone"), false, new Outcome.RetryAt(asked, "429"), PROMPT, NOW);
        pace.answered(at("gone"), false, new Outcome.Gone(), PROMPT, NOW);
        pace.silent("suspect", NOW);
        pace.left("busy", NOW);
        asked("early", 0, 5_000);
        int sent = sentAtOnce("swift", NOW.plusMillis(20_000));
        answered("swift", sent, new Outcome.Accepted());
        asked("late", 5_000, 20_000);

        assertThat(pace.known()).isLessThanOrEqualTo(10_000);
        assertThat(pace.isShut("shut", false, NOW.plus(asked).minusMillis(1))).isTrue();
        assertThat(pace.isShut("gone", false, NOW.plus(asked).minusMillis(1))).isTrue();
        assertThat(sentAtOnce("suspect", NOW.plus(asked)))
                .as("it is asked by one message at a time")
                .isEqualTo(1);
        assertThat(sentAtOnce("busy", NOW)).isEqualTo(POLICY.pacing().firstBound() - 1);
        assertThat(sentAtOnce("swift", NOW.plusMillis(20_000)))
                .as("asked lately")
                .isEqualTo(2 * POLICY.pacing().firstBound());
    }

    @Test
    void whereAllThereIsToRememberIsTroubleTheOldestIsForgottenInTheEnd() {
        for (int i = 0; i <= 120_000; i++) {
            pace.left("down" + i, NOW.plusMillis(i));
            pace.answered(at("down" + i), false, new Outcome.RetryAt(null, "503"), PROMPT, NOW.plusMillis(i));
        }

        assertThat(pace.known()).isLessThanOrEqualTo(100_500);
        Instant last = NOW.plusMillis(120_000);
        assertThat(pace.isShut("down120000", false, last)).isTrue();
        assertThat(pace.isShut("down119000", false, NOW.plusMillis(119_000))).isTrue();
    }

    private List<Duration> parked(int count, boolean urgent) {
        return IntStream.range(0, count)
                .mapToObj(i -> pace.parked("busy", urgent, NOW))
                .toList();
    }

    @Test
    void aFewWhoWaitComeAsSoonAsTheirOriginIsAskedAgainAndManyOneAfterTheOther() {
        Duration asked = Duration.ofMinutes(10);
        pace.answered(at("busy"), false, new Outcome.RetryAt(asked, "503"), PROMPT, NOW);

        List<Duration> pauses = parked(100_000, false);
        assertThat(pauses.getFirst()).isBetween(asked, asked.plusMillis(10));
        assertThat(pauses).isSorted();
        assertThat(pauses.getLast())
                .isEqualTo(asked.plusSeconds(100_000 / POLICY.outages().line()));
        parked(1_000_000, false);
        assertThat(parked(1, false).getFirst())
                .as("the line begins anew")
                .isLessThan(asked.plus(POLICY.retrying().longestWait()).plusSeconds(1));
    }

    @Test
    void anEmergencyAsksEveryFewSecondsWhateverItsOriginAskedForAndWaitsBehindNobodyElse() {
        pace.left("busy", NOW);
        pace.answered(at("busy"), false, new Outcome.RetryAt(Duration.ofMinutes(10), "503"), PROMPT, NOW);
        parked(100_000, false);
        assertThat(pace.admits("busy", true, NOW)).isFalse();
        assertThat(parked(1, true).getFirst())
                .isBetween(
                        POLICY.outages().urgentPause(),
                        POLICY.outages().urgentPause().plusMillis(10));

        Instant soon = NOW.plus(POLICY.outages().urgentPause());
        assertThat(pace.admits("busy", false, soon)).isFalse();
        assertThat(pace.admits("busy", true, soon)).isTrue();
        pace.left("busy", soon);
        pace.answered(at("busy"), false, new Outcome.RetryAt(null, "503"), PROMPT, soon.plusMillis(5));
        assertThat(pace.admits(
                        "busy", true, soon.plus(POLICY.outages().urgentPause()).minusMillis(1)))
                .isFalse();
        assertThat(pace.admits("busy", true, soon.plus(POLICY.outages().urgentPause())))
                .isTrue();
    }

    @Test
    void onceAnOriginHasAnsweredWhoWaitsForItAnewWaitsBehindNobodyOfBefore() {
        Outcome later = new Outcome.RetryAt(Duration.ofMinutes(10), "503");
        pace.left("busy", NOW);
        pace.answered(at("busy"), false, later, PROMPT, NOW);
        for (boolean urgent : new boolean[] {false, true}) {
            Duration first = parked(10_000, urgent).getFirst();
            assertThat(parked(1, urgent).getFirst()).isGreaterThan(first.plusSeconds(1));

            pace.answered(at("busy"), false, new Outcome.Accepted(), PROMPT, NOW);
            pace.answered(at("busy"), false, later, PROMPT, NOW);

            assertThat(parked(1, urgent).getFirst()).isEqualTo(first);
        }
    }

    @Test
    void anOriginThatGivesTroubleAndAsksForNothingIsLeftAloneForSecondsAndForLongerOnlyIfItHasLastedLong() {
        Instant now = NOW;
        for (int i = 0; i < 40; i++) {
            pace.answered(at("down"), false, new Outcome.RetryAt(null, "503"), PROMPT, now);
            assertThat(pace.admits("down", false, now.plus(POLICY.outages().longestPause())))
                    .isTrue();
            now = now.plusSeconds(9);
        }

        Instant longAfter = NOW.plus(Duration.ofHours(20));
        boolean waitedLonger = false;
        for (int i = 0; i < 40; i++) {
            Instant asked = longAfter.plus(Duration.ofHours(i));
            pace.answered(at("down"), false, new Outcome.RetryAt(null, "503"), PROMPT, asked);
            waitedLonger |= !pace.admits("down", false, asked.plus(Duration.ofMinutes(10)));
            assertThat(pace.admits("down", false, asked.plus(POLICY.retrying().longestWait())))
                    .isTrue();
        }
        assertThat(waitedLonger).isTrue();
    }

    @Test
    void whoAnswersForItselfIsNamedOnceIfSomebodyMayWaitForIt() {
        answered("swift", 3, new Outcome.Accepted());
        assertThat(pace.answering()).as("since when it is known nobody knows").containsExactly("swift");
        answered("swift", 3, new Outcome.Accepted());
        assertThat(pace.answering()).isEmpty();

        pace.silent("swift", NOW);
        pace.parked("swift", false, NOW);
        assertThat(pace.answering()).isEmpty();
        answered("swift", 3, new Outcome.Accepted());
        assertThat(pace.answering()).containsExactly("swift");
    }

    @Test
    void aClockThatWasSetBackALittleOpensWhatWasShutAsWell() {
        pace.answered(at("busy"), false, new Outcome.RetryAt(Duration.ofMinutes(10), "503"), PROMPT, NOW);

        assertThat(pace.admits("busy", false, NOW.minusSeconds(60))).isTrue();
    }

    @Test
    void aLateAnswerThatAsksForPatienceIsHeededAndOneThatAcceptsOpensItsOrigin() {
        sentAtOnce("slow", NOW);
        pace.silent("slow", NOW);
        pace.answeredLate(at("slow"), false, new Outcome.Accepted(), PROMPT, NOW);
        assertThat(pace.isShut("slow", false, NOW)).isFalse();

        pace.answeredLate(at("slow"), false, new Outcome.RetryAt(Duration.ofSeconds(30), "429"), PROMPT, NOW);
        assertThat(pace.isShut("slow", false, NOW.plusSeconds(29))).isTrue();
    }

    @Test
    void aClockThatWasSetBackOpensWhatWasShutFarAhead() {
        pace.answered(
                at("busy"),
                false,
                new Outcome.RetryAt(Duration.ofMinutes(30), "429"),
                PROMPT,
                NOW.plus(Duration.ofHours(5)));

        assertThat(pace.admits("busy", false, NOW)).isTrue();
    }

    private void putOff(String origin, long key, Instant at) {
        putOff(phone(1, key, origin), at);
    }

    private void putOff(Pace.Whom whom, Instant at) {
        pace.answered(whom, false, new Outcome.TooMany(Duration.ofMinutes(10)), PROMPT, at);
    }

    @Test
    void aServiceThatPutsOffOneDeviceHoweverOftenIsSentLessAndHoldsUpNobodyElse() {
        sentAtOnce("shared", NOW);
        for (int i = 0; i < 10; i++) {
            putOff("shared", 7, NOW.plusMillis(i));
        }
        assertThat(pace.isShut("shared", false, NOW)).isFalse();
        assertThat(pace.admits("shared", false, NOW))
                .as("those before are under way")
                .isFalse();

        answered("shared", POLICY.pacing().firstBound() - 10, new Outcome.Accepted());
        assertThat(sentAtOnce("shared", NOW)).isBetween(1, POLICY.pacing().firstBound() - 1);
    }

    @Test
    void aServiceThatPutsOffSeveralDevicesShortlyAfterAnotherIsLeftAloneForAsLongAsItAsks() {
        putOff("busy", 7, NOW);
        putOff("busy", 8, NOW.plusSeconds(1));
        assertThat(pace.isShut("busy", false, NOW.plusSeconds(1))).isFalse();
        putOff("busy", 9, NOW.plusSeconds(2));

        assertThat(pace.isShut(
                        "busy",
                        false,
                        NOW.plusSeconds(2).plus(Duration.ofMinutes(10)).minusMillis(1)))
                .isTrue();
        assertThat(sentAtOnce("busy", NOW.plusSeconds(2).plus(Duration.ofMinutes(10))))
                .isEqualTo(1);
    }

    @Test
    void devicesOfSeveralTownsAreSeveralWhateverTheirNumbers() {
        for (int town = 1; town <= 3; town++) {
            putOff(phone(town, 7, "busy"), NOW);
        }

        assertThat(pace.isShut("busy", false, NOW)).isTrue();
    }

    @Test
    void devicesThatAreNowAndThenPutOffAmongThoseThatAreToldDoNotShutTheirService() {
        for (int key = 1; key <= 50; key++) {
            putOff("apart", key, NOW.plusSeconds(4L * key));
            putOff("among", key, NOW);
            assertThat(pace.isShut("among", false, NOW)).isFalse();
            pace.answered(at("among"), false, new Outcome.Accepted(), PROMPT, NOW);
        }

        assertThat(pace.isShut("apart", false, NOW.plusSeconds(200))).isFalse();
    }

    @Test
    void theOneMessageThatAsksAServiceAfterTroubleIsFollowedAtOnceByAnotherIfItsDeviceIsPutOff() {
        pace.silent("shared", NOW);
        Instant later = NOW.plus(POLICY.retrying().firstWait());
        assertThat(sentAtOnce("shared", later)).isEqualTo(1);
        putOff("shared", 7, later);

        assertThat(sentAtOnce("shared", later)).isEqualTo(1);
    }

    @Test
    void anOriginIsDeadOnceItsTroublesLieADayApart() {
        pace.silent("dead", NOW);
        Instant later = NOW.plus(POLICY.retrying().persistence());
        assertThat(pace.isDead("dead", POLICY.retrying().persistence()))
                .as("nobody has asked it since")
                .isFalse();

        pace.silent("dead", later);

        assertThat(pace.isDead("dead", POLICY.retrying().persistence())).isTrue();
    }

    @Test
    void whereNobodyAnswersForADayOurOwnLineIsCutAndNoOriginIsDead() {
        Instant later = NOW.plus(POLICY.retrying().persistence());
        for (String name : List.of("one", "other")) {
            pace.silent(name, NOW);
            pace.silent(name, later);
        }

        assertThat(pace.isDead("one", POLICY.retrying().persistence())).isFalse();
        assertThat(pace.isDead("other", POLICY.retrying().persistence())).isFalse();
        pace.answered(at("other"), false, new Outcome.Accepted(), PROMPT, later);
        assertThat(pace.isDead("one", POLICY.retrying().persistence()))
                .as("the line is not cut")
                .isTrue();
    }
}
