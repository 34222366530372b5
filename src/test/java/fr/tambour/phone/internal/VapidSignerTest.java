package fr.tambour.phone.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import fr.tambour.testing.TestClock;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** ECDSA signs differently each time: as many signatures were made as there are different ones. */
class VapidSignerTest {

    private final TestClock clock = new TestClock();
    private final VapidSigner signer = new VapidSigner(Algorithms.ofJava(), clock);
    private final VapidKey town = vapid();

    private static VapidKey vapid() {
        try {
            return TestKeys.vapid();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String sign(String origin, int message) {
        return signer.authorization(town, URI.create(origin + "/wpush/" + message));
    }

    private Set<String> thousand(String origin) {
        Set<String> different = new HashSet<>();
        for (int message = 0; message < 1_000; message++) {
            different.add(sign(origin, message));
        }
        return different;
    }

    @Test
    void aThousandMessagesToOneOriginAreSignedOnce() {
        assertThat(thousand("https://push.example")).hasSize(1);
        assertThat(sign("https://PUSH.example:443", 7)).isEqualTo(sign("https://push.example", 8));
    }

    @Test
    void ofManyThreadsAtOnceOneSigns() throws Exception {
        Set<String> different = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Set<String>>> work = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                work.add(() -> thousand("https://push.example"));
            }
            for (Future<Set<String>> done : threads.invokeAll(work)) {
                different.addAll(done.get());
            }
        }
        assertThat(different).hasSize(1);
    }

    @Test
    void anotherOriginAnotherTownAndTheNextHalfDayAreSignedAnew() throws Exception {
        Set<String> different = new HashSet<>();
        different.addAll(thousand("https://push.example"));
        different.addAll(thousand("https://other.example"));
        different.addAll(thousand("https://push.example:8443"));
        different.add(signer.authorization(TestKeys.vapid(), URI.create("https://push.example/1")));
        assertThat(different).hasSize(4);

        clock.advance(Duration.ofHours(12));

        different.addAll(thousand("https://push.example"));
        assertThat(different).hasSize(5);
    }

    @Test
    void whateverTheHourASignatureHoldsForHoursAndForNoMoreThanADay() throws Exception {
        for (int hour = 0; hour < 48; hour++) {
            Instant now = clock.advance(Duration.ofHours(1));
            String authorization = sign("https://push.example", hour);
            SignedJWT token = SignedJWT.parse(authorization.substring("vapid t=".length(), authorization.indexOf(',')));
            assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                    .isBetween(now.plus(Duration.ofHours(6)), now.plus(Duration.ofHours(24)));
        }
    }
}
