package fr.tambour.people.internal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.tambour.keys.Keys;
import fr.tambour.keys.MacKey;
import fr.tambour.people.internal.Throttle.Attempt;
import fr.tambour.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final String CARRIER = "198.51.100.7";

    private final TestClock clock = new TestClock();
    private final Throttle throttle = new Throttle(new OneKey(), clock);

    private static Attempt from(String account, String address) {
        return Attempt.signIn(account, address, null);
    }

    private static Attempt onDevice(String account, String device) {
        return Attempt.signIn(account, CARRIER, device);
    }

    /** Goes on trying wrong passwords for a while; how many were looked at. */
    private int hammer(Attempt attempt, Duration time) {
        int lookedAt = 0;
        for (long ms = 0; ms < time.toMillis(); ms += 100) {
            if (throttle.enter(attempt).isEmpty()) {
                lookedAt++;
            }
            clock.advance(Duration.ofMillis(100));
        }
        return lookedAt;
    }

    @Test
    void aFewMistakesCostNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(throttle.enter(from("author@clairval.fr", CARRIER))).isEmpty();
        }
        assertThat(throttle.enter(from("author@clairval.fr", CARRIER))).contains(Duration.ofSeconds(1));
    }

    @Test
    void theWaitDoublesUpToHalfAMinute() {
        Attempt attempt = from("author@clairval.fr", CARRIER);
        for (int i = 0; i < 5; i++) {
            throttle.enter(attempt);
        }
        for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            assertThat(throttle.enter(attempt)).contains(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(throttle.enter(attempt)).isEmpty();
        }
    }

    @Test
    void tenThousandTriesInAnHourAreAboutAHundredAndTwentyFivePasswords() {
        assertThat(hammer(from("author@clairval.fr", CARRIER), Duration.ofHours(1)))
                .isBetween(60, 130);
    }

    @Test
    void manyAddressesTogetherAreAsSlowForOneAccount() {
        int lookedAt = 0;
        for (int i = 0; i < 10_000; i++) {
            if (throttle.enter(from("author@clairval.fr", "203.0.113." + i)).isEmpty()) {
                lookedAt++;
            }
        }
        assertThat(lookedAt).isEqualTo(5);
    }

    @Test
    void aHundredAtOnceAreAHundred() {
        Attempt attempt = from("author@clairval.fr", CARRIER);
        long lookedAt = java.util.stream.IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> throttle.enter(attempt))
                .filter(Optional::isEmpty)
                .count();
        assertThat(lookedAt).isEqualTo(5);
    }

    @Test
    void whoSignsInRightIsNotCounted() {
        for (int i = 0; i < 50; i++) {
            Attempt attempt = from("author@clairval.fr", CARRIER);
            assertThat(throttle.enter(attempt)).isEmpty();
            throttle.right(attempt);
        }
    }

    @Test
    void aFloodDoesNotSlowADeviceThatSignedInBefore() {
        hammer(from("approver@clairval.fr", "203.0.113.9"), Duration.ofMinutes(5));

        assertThat(throttle.enter(onDevice("approver@clairval.fr", "1.device.mac")))
                .isEmpty();
    }

    @Test
    void aKnownDeviceIsSlowedByItsOwnMistakes() {
        assertThat(hammer(onDevice("approver@clairval.fr", "1.device.mac"), Duration.ofMinutes(5)))
                .isLessThan(20);
    }

    @Test
    void anAddressThatTriesOneAccountAfterTheOtherIsSlowed() {
        for (int i = 0; i < 60; i++) {
            throttle.enter(from("nobody" + i + "@clairval.fr", CARRIER));
        }
        throttle.enter(from("somebody@clairval.fr", CARRIER));

        assertThat(throttle.enter(from("somebody@clairval.fr", CARRIER))).isPresent();
    }

    @Test
    void whoSharesTheAddressOfSomeWhoMistypeGetsTheirFirstTryAtOnce() {
        for (int i = 0; i < 40; i++) {
            hammer(from("colleague" + i + "@clairval.fr", CARRIER), Duration.ofMillis(500));
        }

        assertThat(throttle.enter(from("author@clairval.fr", CARRIER))).isEmpty();
    }

    @Test
    void onePasswordTriedOnFourHundredAccountsFromOneAddressIsSlowed() {
        int lookedAt = 0;
        for (int i = 0; i < 400; i++) {
            lookedAt +=
                    throttle.enter(from("user" + i + "@clairval.fr", CARRIER)).isEmpty() ? 1 : 0;
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(lookedAt).isLessThan(70);
    }

    @Test
    void whoSharesTheAddressOfAGuesserWaitsForSecondsAndNotAtAllOnAKnownDevice() {
        for (int i = 0; i < 10_000; i++) {
            throttle.enter(from("nobody" + i + "@clairval.fr", CARRIER));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(throttle.enter(from("author@clairval.fr", CARRIER)).orElse(Duration.ZERO))
                .isLessThanOrEqualTo(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThat(throttle.enter(from("author@clairval.fr", CARRIER))).isEmpty();
        assertThat(throttle.enter(onDevice("approver@clairval.fr", "1.device.mac")))
                .isEmpty();
    }

    @Test
    void hundredsWhoSignInRightFromOneAddressAreNotSlowed() {
        for (int i = 0; i < 400; i++) {
            Attempt attempt = from("user" + i + "@clairval.fr", CARRIER);
            assertThat(throttle.enter(attempt)).isEmpty();
            throttle.right(attempt);
        }
    }

    @Test
    void allIsForgottenAfterAnHour() {
        hammer(from("author@clairval.fr", CARRIER), Duration.ofMinutes(5));
        clock.advance(Duration.ofHours(1));

        assertThat(throttle.enter(from("author@clairval.fr", CARRIER))).isEmpty();
    }

    private static final class OneKey implements Keys {

        @Override
        public MacKey mac(String purpose) {
            return new MacKey(new SecretKeySpec(new byte[32], "HmacSHA256"));
        }
    }
}
